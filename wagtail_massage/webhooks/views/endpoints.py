"""The list of endpoints, and the forms to add, change and delete one."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from .. import secrets
from ..events import Outcome
from ..forms import EndpointForm
from ..models import WebhookDelivery, WebhookEndpoint
from ..permissions import endpoint_policy
from .access import NAMESPACE, AccessMixin, list_item, webhook_url

SHOWN_ONCE = "wagtail_massage_webhooks_secret"
"""The session key under which a new secret waits to be shown, once, to whoever made it."""


class EndpointMixin(AccessMixin):
    model = WebhookEndpoint
    permission_policy = endpoint_policy
    pk_url_kwarg = "pk"
    index_url_name = f"{NAMESPACE}:index"
    index_results_url_name = f"{NAMESPACE}:index_results"
    add_url_name = f"{NAMESPACE}:add"
    edit_url_name = f"{NAMESPACE}:edit"
    delete_url_name = f"{NAMESPACE}:delete"
    inspect_url_name = f"{NAMESPACE}:endpoint"
    object: WebhookEndpoint


class EndpointsView(EndpointMixin, generic.IndexView):
    page_title = gettext_lazy("Webhooks")
    template_name = "wagtail_massage_webhooks/admin/endpoints.html"
    results_template_name = "wagtail_massage_webhooks/admin/endpoints_results.html"
    list_display = [
        "name",
        Column(
            "url", label=gettext_lazy("Address"), classname="massage-webhooks__address massage-webhooks__wide"
        ),
        Column("site_name", label=gettext_lazy("Site"), classname="massage-webhooks__wide"),
        StatusTagColumn("state", label=gettext_lazy("State"), primary=lambda endpoint: endpoint.is_active),
        Column("last", label=gettext_lazy("Last delivery"), classname="massage-webhooks__wide"),
        Column("waiting", label=gettext_lazy("Waiting"), sort_key="waiting"),
    ]
    search_fields = ["name", "url"]
    search_backend_name = None
    default_ordering = "name"
    paginate_by = 50
    add_item_label = gettext_lazy("Add a webhook")

    def get_base_queryset(self) -> QuerySet[WebhookEndpoint]:
        newest = WebhookDelivery.objects.filter(endpoint=OuterRef("pk")).exclude(outcome="").order_by("-pk")
        waiting = Count("deliveries", filter=Q(deliveries__outcome=""))
        return WebhookEndpoint.objects.annotate(
            waiting=waiting, last_outcome=Subquery(newest.values("outcome")[:1]), host=F("site__hostname")
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        for endpoint in context["object_list"]:
            endpoint.site_name = endpoint.host or _("All sites")
            endpoint.state = _("On") if endpoint.is_active else _("Off")
            endpoint.last = Outcome(endpoint.last_outcome).label if endpoint.last_outcome else "–"
        return context

    def get_edit_url(self, instance: WebhookEndpoint) -> None:
        """The title leads to the endpoint's own page, and that to its form."""
        return

    @property
    def header_buttons(self) -> list[Any]:
        log = HeaderButton(_("Deliveries"), url=webhook_url("deliveries"), icon_name="list-ul")
        return [*([self.add_button] if self.add_url else []), log]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class AddEndpointView(EndpointMixin, generic.CreateView):
    permissions = ("add",)
    page_title = gettext_lazy("Add a webhook")
    form_class = EndpointForm
    template_name = "wagtail_massage_webhooks/admin/form.html"

    def save_instance(self) -> WebhookEndpoint:
        endpoint = super().save_instance()
        secret = secrets.add_secret(endpoint, now=timezone.now())
        self.request.session[SHOWN_ONCE] = {str(endpoint.pk): secret.key}
        return endpoint

    def get_success_url(self) -> str:
        return webhook_url("endpoint", self.object.pk)

    def get_success_message(self, instance: WebhookEndpoint) -> str:
        return _("“%(name)s” will be told from now on. Copy its secret, and send a test.") % {
            "name": instance.name
        }

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_page_subtitle(self) -> str:
        return _("Webhooks")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, list_item(), {"url": "", "label": self.page_title}]


class EditEndpointView(EndpointMixin, generic.EditView):
    permissions = ("change",)
    form_class = EndpointForm
    template_name = "wagtail_massage_webhooks/admin/form.html"

    def get_success_url(self) -> str:
        return webhook_url("endpoint", self.object.pk)

    def get_success_buttons(self) -> list[Any]:
        return []

    def get_success_message(self) -> str:
        return _("“%(name)s” is saved.") % {"name": self.object.name}

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        place = {"url": webhook_url("endpoint", self.object.pk), "label": self.object.name}
        return [*self.breadcrumbs_items, list_item(), place, {"url": "", "label": _("Edit")}]


class DeleteEndpointView(EndpointMixin, generic.DeleteView):
    permissions = ("delete",)
    page_title = gettext_lazy("Delete")

    @property
    def confirmation_message(self) -> str:
        return _(
            "Its secrets and the log of its deliveries go with it. What waits for it will never be sent."
        )

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        place = {"url": webhook_url("endpoint", self.object.pk), "label": self.object.name}
        return [*self.breadcrumbs_items, list_item(), place, {"url": "", "label": self.page_title}]

    def get_success_message(self) -> str:
        return _("“%(name)s” is deleted, and is told nothing any more.") % {"name": self.object.name}
