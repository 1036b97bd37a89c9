"""What every view starts from: nobody in without a permission for webhooks."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from ..permissions import SEE, endpoint_policy

NAMESPACE = "wagtail_massage_webhooks"
ICON = "link-external"


def webhook_url(name: str, *args: Any) -> str:
    """Return the address of a view."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


class AccessMixin:
    """Lets in who holds one of `permissions` for endpoints."""

    permissions: ClassVar[tuple[str, ...]] = SEE
    header_icon = ICON
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not endpoint_policy.user_has_any_permission(request.user, self.permissions):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def may_change(request: HttpRequest) -> bool:
    """Tell whether the buttons that do something are shown."""
    return endpoint_policy.user_has_permission(request.user, "change")


def list_item() -> dict[str, Any]:
    """Return the breadcrumb of the list of endpoints."""
    return {"url": webhook_url("index"), "label": _("Webhooks")}


def log_item() -> dict[str, Any]:
    """Return the breadcrumb of the log."""
    return {"url": webhook_url("deliveries"), "label": _("Deliveries")}
