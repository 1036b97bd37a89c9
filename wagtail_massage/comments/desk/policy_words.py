"""The desk's words for policies: short names, where one was chosen, what holds until when, what the audit log tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogFormatter

from ..models import CommentThread
from ..policies import PolicyInForce
from ..states import WRITABLE, EmailRule, Policy, PolicySource

POLICY_NAMES: dict[str, str | Promise] = {
    Policy.OPEN: gettext_lazy("open"),
    Policy.POST: gettext_lazy("open, read afterwards"),
    Policy.PRE: gettext_lazy("open, read first"),
    Policy.MEMBERS: gettext_lazy("members only"),
    Policy.READ_ONLY: gettext_lazy("read only"),
    Policy.CLOSED: gettext_lazy("closed"),
    Policy.OFF: gettext_lazy("off"),
}
"""A policy in the middle of a sentence."""

_DATES = frozenset({"opens_at", "closes_at"})


def header_label(terms: PolicyInForce, *, title: str) -> str:
    """Return the policy with its source for a button. `title` is that of the section, "" if the reader may not
    know it."""
    says = {"policy": POLICY_NAMES[terms.policy], "section": title}
    if terms.source == PolicySource.SECTION and title:
        return _("Visitor comments: %(policy)s, from section %(section)s") % says
    if terms.source == PolicySource.SECTION:
        return _("Visitor comments: %(policy)s, from a section above") % says
    if terms.source == PolicySource.SITE:
        return _("Visitor comments: %(policy)s, from the site") % says
    if terms.source == PolicySource.SETTING:
        return _("Visitor comments: %(policy)s, from the settings") % says
    return _("Visitor comments: %(policy)s, chosen here") % says


def as_above(above: PolicyInForce, *, title: str) -> str:
    """Return the choice of having none: what would hold then, and whence."""
    says = {"policy": POLICY_NAMES[above.chosen], "section": title}
    if above.source == PolicySource.SECTION and title:
        return _("As above: %(policy)s, from section %(section)s") % says
    if above.source == PolicySource.SECTION:
        return _("As above: %(policy)s, from a section above") % says
    if above.source == PolicySource.SITE:
        return _("As above: %(policy)s, from the site") % says
    return _("As above: %(policy)s, from the settings") % says


def source_sentence(terms: PolicyInForce) -> str:
    """Return where the policy was chosen, without naming a page."""
    return {
        PolicySource.PAGE: _("This was chosen on this page."),
        PolicySource.SECTION: _("This was chosen for a section above this page."),
        PolicySource.SITE: _("This was chosen for the whole site."),
        PolicySource.SETTING: _(
            "Nobody has chosen on this page or above it, so the settings of the installation decide."
        ),
    }[terms.source]


def time_sentences(terms: PolicyInForce) -> Iterator[str]:
    """Tell what the dates do to the policy, and what guests must say of an e-mail address."""
    chosen = {"policy": POLICY_NAMES[terms.chosen]}
    if terms.opens_later and terms.opens_at is not None:
        says = chosen | {"moment": moment(terms.opens_at)}
        yield _("Nobody can write yet. From %(moment)s on it is “%(policy)s”.") % says
    elif terms.policy != terms.chosen and terms.closes_at is not None:
        says = chosen | {"moment": moment(terms.closes_at)}
        yield _("It was “%(policy)s” until %(moment)s.") % says
    if terms.is_open and terms.closes_at is not None:
        yield _("Nobody can write from %(moment)s on.") % {"moment": moment(terms.closes_at)}
    if terms.chosen in WRITABLE and terms.close_after_days:
        yield ngettext(
            "Every page closes %(count)d day after it was first published.",
            "Every page closes %(count)d days after it was first published.",
            terms.close_after_days,
        ) % {"count": terms.close_after_days}
    if terms.chosen in WRITABLE:
        yield _("E-mail address of guests: %(rule)s") % {"rule": terms.email_rule.label}


def moment(value: Any) -> str:
    """Return a date with its time, as the reader's language and time zone write it."""
    return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")


class PolicyLogFormatter(LogFormatter):
    """A line of the page's history: what was chosen, what was before, and what went with it."""

    label = gettext_lazy("Change comment policy")

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        names = {key: POLICY_NAMES.get(data.get(key), data.get(key)) for key in ("from", "to")}
        if not data.get("to"):
            message = _("Comment policy: own choice taken back, was “%(from)s”") % names
        elif data.get("from") == data["to"]:
            message = _("Comment policy: “%(to)s” as before") % names
        else:
            message = _("Comment policy changed from “%(from)s” to “%(to)s”") % names
        return "; ".join([message, *_changes(data)])


def _changes(data: dict[str, Any]) -> Iterator[str]:
    for name in ("opens_at", "closes_at", "close_after_days", "closed_notice", "email_rule"):
        if name in data:
            field = CommentThread._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield _("%(field)s: %(value)s") % {"field": field, "value": _value(name, data[name]["new"])}


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return _("nothing")
    if name in _DATES:
        parsed = parse_datetime(value)
        return moment(parsed) if parsed else value
    if name == "close_after_days":
        return ngettext("%(count)d day", "%(count)d days", value) % {"count": value}
    if name == "email_rule":
        return str(EmailRule(value).label)
    return f"“{value}”"
