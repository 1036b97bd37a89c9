"""What visitors are told about the policy of a page, in the same words wherever they ask."""

from __future__ import annotations

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from .policies import PolicyInForce
from .states import AT_ONCE, Policy


def policy_notice(terms: PolicyInForce) -> str:
    """Return what a visitor should know before writing, or why nobody can. Plain text.

    Where comments are closed an editor's own words, if there are any, stand in place of ours.
    """
    if not terms.is_open:
        return terms.closed_notice or _closed(terms)
    sentences = [_open(terms.policy)]
    if terms.closes_at is not None:
        sentences.append(_("Comments on this page close on %(date)s.") % {"date": _date(terms.closes_at)})
    return " ".join(sentences)


def members_notice() -> str:
    """Return what a guest is told where only members may write."""
    return _("Only people who are signed in may comment on this page.")


def _open(policy: Policy) -> str:
    if policy in AT_ONCE:
        return _("Your comment appears at once, unless it has to be looked at first.")
    read_first = _("A moderator reads every comment before it appears here.")
    return f"{members_notice()} {read_first}" if policy == Policy.MEMBERS else read_first


def _closed(terms: PolicyInForce) -> str:
    if terms.opens_later and terms.opens_at is not None:
        return _("Comments on this page open on %(date)s.") % {"date": _date(terms.opens_at)}
    if terms.policy == Policy.READ_ONLY:
        return _("Visitors can read the comments on this page, but not write any.")
    return _("Comments on this page are closed.")


def _date(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")
