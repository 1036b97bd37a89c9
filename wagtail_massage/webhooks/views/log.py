"""The log: what was delivered to whom and when, what came back, what still waits. Bodies are shown as text."""

from __future__ import annotations

import json
from typing import Any

import django_filters
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import delivery
from ..events import TEST, EventType, Outcome
from ..models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from ..permissions import endpoint_policy
from .access import NAMESPACE, AccessMixin, list_item, log_item, may_change, webhook_url

WAITING = "WAITING"

_TYPES = [*EventType.choices, (TEST, gettext_lazy("A test"))]
_STATES = [(WAITING, gettext_lazy("Waiting")), *Outcome.choices]


def with_last_attempt(deliveries: QuerySet[WebhookDelivery]) -> QuerySet[WebhookDelivery]:
    """Return deliveries, the newest event first, with what a list shows of each. One query."""
    attempts = WebhookAttempt.objects.filter(delivery=OuterRef("pk")).order_by("-pk")
    return (
        deliveries.select_related("event", "endpoint")
        .defer("event__body")
        .annotate(
            tries=Count("attempts"),
            last_status=Subquery(attempts.values("status")[:1]),
            last_trouble=Subquery(attempts.values("trouble")[:1]),
        )
        .order_by("-pk")
    )


class DeliveryFilterSet(WagtailFilterSet):
    endpoint = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Webhook"), queryset=WebhookEndpoint.objects.order_by("name")
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=_STATES, method="in_state")
    type = django_filters.ChoiceFilter(label=gettext_lazy("Event"), choices=_TYPES, field_name="event__type")

    class Meta:
        model = WebhookDelivery
        fields: list[str] = []

    def in_state(self, deliveries: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return deliveries.filter(outcome="" if value == WAITING else value)


class LogView(AccessMixin, generic.IndexView):
    model = WebhookDelivery
    permission_policy = endpoint_policy
    index_url_name = f"{NAMESPACE}:deliveries"
    index_results_url_name = f"{NAMESPACE}:deliveries_results"
    inspect_url_name = f"{NAMESPACE}:delivery"
    page_title = gettext_lazy("Deliveries")
    results_template_name = "wagtail_massage_webhooks/admin/log_results.html"
    template_name = "wagtail_massage_webhooks/admin/endpoints.html"
    filterset_class = DeliveryFilterSet
    list_display = [
        "what",
        Column("endpoint", label=gettext_lazy("Webhook"), classname="massage-webhooks__wide"),
        StatusTagColumn(
            "state", label=gettext_lazy("State"), primary=lambda row: row.outcome == Outcome.DELIVERED
        ),
        Column("last_status", label=gettext_lazy("Answer"), classname="massage-webhooks__wide"),
        Column("tries", label=gettext_lazy("Attempts"), classname="massage-webhooks__wide"),
        DateColumn("event.created_at", label=gettext_lazy("Happened")),
    ]
    default_ordering = "-pk"
    paginate_by = 50

    def get_base_queryset(self) -> QuerySet[WebhookDelivery]:
        return with_last_attempt(WebhookDelivery.objects.all())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, list_item(), {"url": "", "label": self.page_title}]


class DeliveryView(AccessMixin, WagtailAdminTemplateMixin, View):
    template_name = "wagtail_massage_webhooks/admin/delivery.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = WebhookDelivery.objects.select_related("event", "endpoint")
        self.delivery = get_object_or_404(rows, pk=pk)
        return self.render_to_response(self.get_context_data())

    def get_page_title(self) -> str:
        return self.delivery.event.label

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, list_item(), log_item(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "delivery": self.delivery,
            "body": json.dumps(json.loads(self.delivery.event.body), indent=2, ensure_ascii=False),
            "attempts": self.delivery.attempts.order_by("-pk"),
            "may_change": may_change(self.request),
        }


class DeliverAgainView(AccessMixin, View):
    """Send the same message once more, at once: with the id that it had, so that a receiver can tell."""

    permissions = ("change",)
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(WebhookDelivery, pk=pk)
        if not delivery.deliver_again(row, now=timezone.now()):
            messages.warning(request, _("It is being delivered at this moment."))
            return redirect(webhook_url("delivery", pk))
        row.refresh_from_db()
        if row.outcome == Outcome.DELIVERED:
            messages.success(request, _("Delivered."))
        else:
            messages.error(request, _("That failed too. It will be tried again by itself."))
        return redirect(webhook_url("delivery", pk))
