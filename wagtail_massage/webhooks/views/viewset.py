"""Webhooks as Wagtail's admin mounts them, under Settings."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from ..models import WebhookEndpoint
from ..permissions import SEE, endpoint_policy
from .access import ICON, NAMESPACE
from .endpoint import AddSecretView, EndpointView, RetireSecretView, TestView
from .endpoints import AddEndpointView, DeleteEndpointView, EditEndpointView, EndpointsView
from .log import DeliverAgainView, DeliveryView, LogView


class WebhooksMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return endpoint_policy.user_has_any_permission(request.user, SEE)


class EndpointURLFinder(ModelAdminURLFinder):
    """Lets the site history link to the endpoint that was changed."""

    edit_url_name = f"{NAMESPACE}:edit"
    permission_policy = endpoint_policy  # read by Wagtail 7.4; Wagtail 8 asks its registry


class WebhooksViewSet(ViewSet):
    name = NAMESPACE
    url_prefix = "massage-webhooks"
    icon = ICON
    add_to_settings_menu = True
    menu_label = _("Webhooks")
    menu_name = "massage-webhooks"
    menu_order = 660
    menu_item_class = WebhooksMenuItem

    def on_register(self) -> None:
        super().on_register()
        register_admin_url_finder(WebhookEndpoint, EndpointURLFinder)

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view
        return [
            path("", view(EndpointsView), name="index"),
            path("results/", view(EndpointsView, results_only=True), name="index_results"),
            path("new/", view(AddEndpointView), name="add"),
            path("<int:pk>/", view(EndpointView), name="endpoint"),
            path("<int:pk>/edit/", view(EditEndpointView), name="edit"),
            path("<int:pk>/delete/", view(DeleteEndpointView), name="delete"),
            path("<int:pk>/test/", view(TestView), name="test"),
            path("<int:pk>/secrets/new/", view(AddSecretView), name="add_secret"),
            path("<int:pk>/secrets/<int:secret_pk>/end/", view(RetireSecretView), name="retire_secret"),
            path("deliveries/", view(LogView), name="deliveries"),
            path("deliveries/results/", view(LogView, results_only=True), name="deliveries_results"),
            path("deliveries/<int:pk>/", view(DeliveryView), name="delivery"),
            path("deliveries/<int:pk>/again/", view(DeliverAgainView), name="again"),
        ]
