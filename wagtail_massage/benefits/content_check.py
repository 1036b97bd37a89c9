"""The title's number as one of Wagtail's content checks: in the editor's Checks panel and in the user bar.

Axe runs in the page that is shown, which may be a front end of another origin, so nothing is read off that page: the
server compares title and lists of the very draft that is previewed and tells the check whether they fit.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.forms import Media
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.templatetags.wagtailadmin_tags import build_absolute_url
from wagtail.admin.userbar import AccessibilityItem, ContentCheckerItem
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import AbstractPage

from wagtail_massage.conf import api_settings

from .title_mismatch import TitleMismatch, mismatch_of

RULE = "massage-title-count"
SAME_ORIGIN = "<same_origin>"  # axe's own word for it


class TitleCountMixin:
    """Adds our rule to whatever content checker a site has, and lets it reach the front end that shows drafts.

    Attributes:
        in_editor: whether it configures the editor's panel, which was drawn before the draft that is checked.
        mismatch: what is wrong with the page that is shown; None if nothing is.
    """

    in_editor: bool
    mismatch: TitleMismatch | None
    request: HttpRequest | None

    @property
    def media(self) -> Media:
        script = versioned_static("wagtail_massage/title-check.js")
        own = Media(js=[build_absolute_url({"request": self.request}, script)])
        return getattr(super(), "media", Media()) + own

    def get_axe_run_only(self, request: HttpRequest) -> Any:
        chosen = super().get_axe_run_only(request)  # type: ignore[misc]
        return [*chosen, RULE] if chosen else chosen  # nothing chosen runs everything

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        rule = {
            "id": RULE,
            "impact": "moderate",
            "selector": "h1",
            "tags": ["best-practice"],
            "any": [RULE],
            "enabled": True,
        }
        return [*super().get_axe_custom_rules(request), rule]  # type: ignore[misc]

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        check = {"id": RULE, "options": {"fits": self.mismatch is None}}
        return [*super().get_axe_custom_checks(request), check]  # type: ignore[misc]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, Any]:
        if self.mismatch and not self.in_editor:
            text = self.mismatch.message
        else:
            text = _(
                "Change the number in the title, or the number of entries. The warning at the title offers it."
            )
        message = {"error_name": _("The title's number does not fit its list"), "help_text": text}
        return {**super().get_axe_messages(request), RULE: message}  # type: ignore[misc]

    def get_axe_spec(self, request: HttpRequest) -> dict[str, Any]:
        spec = super().get_axe_spec(request)  # type: ignore[misc]
        if not (address := api_settings.preview_url):
            return spec
        origins = spec.get("allowedOrigins", [SAME_ORIGIN])
        other = [_origin(address)] if self.in_editor else _admin_origins(request)
        return {**spec, "allowedOrigins": list(dict.fromkeys([*origins, *other]))}


def add_title_check(request: HttpRequest | None, items: list[Any], page: Any) -> None:
    """Put our rule into the content checker among `items` of a user bar, whose class may be a site's own."""
    mismatch = mismatch_of(page) if isinstance(page, AbstractPage) else None
    items[:] = [
        _with_title_check(item, request, mismatch) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


def _with_title_check(item: Any, request: HttpRequest | None, mismatch: TitleMismatch | None) -> Any:
    # To derive from Wagtail's old name of its class is deprecated; it adds nothing to the new one.
    base: type = ContentCheckerItem if type(item) is AccessibilityItem else type(item)
    checked_class = _checked_class(base)
    checked = checked_class.__new__(checked_class)  # what the item was made with, nobody but its maker knows
    checked.__dict__ = {**item.__dict__, "request": request, "mismatch": mismatch}
    return checked


@cache
def _checked_class(base: type) -> Any:
    return type(base.__name__, (TitleCountMixin, base), {})


def _admin_origins(request: HttpRequest | None) -> list[str]:
    here = [request.build_absolute_uri("/")] if request else []
    return [_origin(address) for address in [*here, get_admin_base_url() or ""] if address]


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
