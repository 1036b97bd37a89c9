"""One endpoint: where it is, what it is told, its secrets, its last deliveries, and the buttons that do something."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from .. import secrets
from ..events import EventType
from ..models import WebhookEndpoint, WebhookSecret
from ..permissions import endpoint_policy
from ..trying import send_test
from .access import NAMESPACE, AccessMixin, list_item, may_change, webhook_url
from .endpoints import SHOWN_ONCE
from .log import with_last_attempt

RECENT = 10


class EndpointView(AccessMixin, WagtailAdminTemplateMixin, View):
    """A new secret is shown here to whoever made it, once: reading the page takes it out of the session."""

    template_name = "wagtail_massage_webhooks/admin/endpoint.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.endpoint = get_object_or_404(WebhookEndpoint.objects.select_related("site"), pk=pk)
        response = self.render_to_response(self.get_context_data())
        response["Cache-Control"] = "no-store, private"
        return response

    def get_page_title(self) -> str:
        return self.endpoint.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, list_item(), {"url": "", "label": self.endpoint.name}]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        may, user = endpoint_policy.user_has_permission, self.request.user
        buttons = []
        if may(user, "change"):
            buttons.append(
                HeaderButton(_("Edit"), url=webhook_url("edit", self.endpoint.pk), icon_name="edit")
            )
        if may(user, "delete"):
            buttons.append(
                HeaderButton(_("Delete"), url=webhook_url("delete", self.endpoint.pk), icon_name="bin")
            )
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels = dict(EventType.choices)
        waiting = self.request.session.get(SHOWN_ONCE) or {}
        new_secret = waiting.pop(str(self.endpoint.pk), "")
        if new_secret:
            self.request.session[SHOWN_ONCE] = waiting
        return {
            **super().get_context_data(**kwargs),
            "endpoint": self.endpoint,
            "events": [labels.get(kind, kind) for kind in self.endpoint.events],
            "hears_everything": set(self.endpoint.events) >= set(EventType.values),
            "secrets": [secret for secret in self.endpoint.secrets.order_by("-pk") if secret.is_current],
            "new_secret": new_secret,
            "deliveries": with_last_attempt(self.endpoint.deliveries.all())[:RECENT],
            "may_change": may_change(self.request),
        }


class ActionView(AccessMixin, View):
    """A button: does one thing about one endpoint, and leads back to its page."""

    permissions = ("change",)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, **kwargs: int) -> HttpResponse:
        endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
        return self.act(request, endpoint, **kwargs) or redirect(webhook_url("endpoint", pk))

    def act(self, request: HttpRequest, endpoint: WebhookEndpoint, **kwargs: int) -> HttpResponse | None:
        raise NotImplementedError


class TestView(ActionView):
    """Send a test now, and show what came back."""

    def act(self, request: HttpRequest, endpoint: WebhookEndpoint, **kwargs: int) -> HttpResponse | None:
        attempt = send_test(endpoint, now=timezone.now())
        if attempt.trouble:
            messages.error(request, _("The test did not arrive: %(why)s") % {"why": attempt.explanation})
        else:
            messages.success(request, _("The test arrived. This is what the other side answered."))
        return redirect(webhook_url("delivery", attempt.delivery_id))


class AddSecretView(ActionView):
    """Make a new secret beside the old one, to be shown once on the endpoint's page."""

    def act(self, request: HttpRequest, endpoint: WebhookEndpoint, **kwargs: int) -> None:
        secret = secrets.add_secret(endpoint, now=timezone.now())
        request.session[SHOWN_ONCE] = {str(endpoint.pk): secret.key}
        log(instance=endpoint, action=f"{NAMESPACE}.add_secret", user=request.user)
        messages.success(
            request,
            _("The new secret is in use. The old one still counts for 24 hours, or until you end it."),
        )


class RetireSecretView(ActionView):
    """End an old secret before its time."""

    def act(self, request: HttpRequest, endpoint: WebhookEndpoint, **kwargs: int) -> None:
        secret = get_object_or_404(WebhookSecret, pk=kwargs["secret_pk"], endpoint=endpoint)
        try:
            secrets.retire_secret(secret, now=timezone.now())
        except secrets.LastSecret:
            messages.error(request, _("This is the newest secret. Make another one before you end it."))
            return
        log(instance=endpoint, action=f"{NAMESPACE}.retire_secret", user=request.user)
        messages.success(request, _("The old secret has ended."))
