"""Every admin address of the rooms besides the desk x seven kinds of user, and how much of all that covers.

The desk has a matrix of its own (tests/comments/test_permission_matrix.py). Addresses come from Django's resolver; an
address that neither matrix knows what to expect of fails here, by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.comments import test_permission_matrix as desk_matrix
from tests.comments.desk import NAMESPACE as DESK
from tests.comments.desk import client_of, make_user
from tests.security.surface import Route, patterns
from tests.spa import Spa
from wagtail_massage.testing.webhooks import WebhookDeliveryFactory, WebhookEndpointFactory
from wagtail_massage.treatments.models import BodyArea, Contraindication, Person

pytestmark = [pytest.mark.contract, pytest.mark.django_db]

CANARY = "Cormorant7"
KINDS = (
    "anonymous",
    "no_admin_access",
    "admin_access_only",
    "editor_of_the_page",
    "moderator_of_this_section",
    "answers_health_there",
    "superuser",
)
IN_ADMIN, OWNER = frozenset(KINDS[2:]), frozenset(KINDS[6:])

# Who is let in, by the beginning of an address's full name. Wagtail lets everybody choose a snippet who may use the
# admin; writing an article needs the right to add a page, webhooks and snippets the model's own permissions.
LETS_IN = {
    "wagtail_massage_title_count": IN_ADMIN,
    "wagtailsnippetchoosers_wagtail_massage_treatments_": IN_ADMIN,
    "wagtailsnippets_wagtail_massage_treatments_": OWNER,
    "wagtail_massage_importers:": OWNER,
    "wagtail_massage_webhooks:": OWNER,
}
CREATES = ":create"  # within a chooser, which needs the right to add one
PUBLIC = ("wagtail_massage_comments:", "wagtail_massage_api:")  # not of the admin
LEAST_SHARE = 0.95  # of all addresses, at least


def admin_routes(found: Iterable[Any] | None = None) -> list[Route]:
    """Return every named address of ours in the admin, with Wagtail's own for our snippets."""
    routes = {}
    for namespaces, pattern in found or patterns():
        view = getattr(pattern.callback, "view_class", pattern.callback)
        is_ours = view.__module__.startswith("wagtail_massage") or any(
            "_massage" in name for name in namespaces
        )
        name = ":".join((*namespaces, pattern.name or ""))
        if is_ours and pattern.name and not name.startswith(PUBLIC):
            routes[name] = Route(name, tuple(pattern.pattern.converters), view.__module__)
    return list(routes.values())


def rule_for(route: Route) -> frozenset[str] | None:
    rule = next((kinds for start, kinds in LETS_IN.items() if route.name.startswith(start)), None)
    return OWNER if rule and route.name.endswith(CREATES) else rule


def is_covered(route: Route) -> bool:
    if route.name.startswith(f"{DESK}:"):
        return route.name.removeprefix(f"{DESK}:") in {address.name for address in desk_matrix.addresses()}
    return rule_for(route) is not None


ROUTES = [route for route in admin_routes() if not route.name.startswith(f"{DESK}:")]


@pytest.fixture
def rows(page: Any) -> dict[str, int]:
    """Something behind every address with a key; each row has the canary in it."""
    Spa()  # with a place for articles
    endpoint = WebhookEndpointFactory(name=CANARY, url=f"https://{CANARY.lower()}.example/hooks")
    return {
        "wagtail_massage_webhooks": endpoint.pk,
        "secret": endpoint.secrets.get().pk,
        "delivery": WebhookDeliveryFactory(endpoint=endpoint).pk,
        "person": Person.objects.create(name=CANARY).pk,
        "bodyarea": BodyArea.objects.create(name=CANARY).pk,
        "contraindication": Contraindication.objects.create(name=CANARY, level="AVOID").pk,
    }


def url_of(route: Route, rows: dict[str, int]) -> str:
    namespace, _colon, name = route.name.partition(":")
    key = "delivery" if name in ("delivery", "again") else namespace.rpartition("treatments_")[2]
    known = {"pk": rows.get(key, 0), "secret_pk": rows["secret"]}
    return reverse(route.name, kwargs={parameter: known[parameter] for parameter in route.parameters})


@pytest.fixture
def client_as(page: Any) -> Any:
    make = {
        "anonymous": lambda: None,
        "no_admin_access": lambda: make_user("visitor", admin=False, moderates=page),
        "admin_access_only": lambda: make_user("clerk"),
        "editor_of_the_page": lambda: make_user("ed", edits=page),
        "moderator_of_this_section": lambda: make_user("sue", moderates=page),
        "answers_health_there": lambda: make_user("petra", answers=page),
        "superuser": lambda: get_user_model().objects.create_superuser("root", "root@example.com", "secret"),
    }

    def build(kind: str) -> Client:
        user = make[kind]()
        return client_of(user) if user else Client()

    return build


def snapshot() -> list[Any]:
    """Return every row of the rooms that these addresses belong to."""
    labels = ("treatments", "webhooks", "importers")
    configs = [config for config in apps.get_app_configs() if config.label.endswith(labels)]
    models = [model for config in configs for model in config.get_models(include_auto_created=True)]
    assert models
    return [sorted(map(repr, model._base_manager.values_list())) for model in models]


def expect(kind: str, route: Route, response: Any) -> None:
    place = (route.name, kind, response.status_code)
    if kind in ("anonymous", "no_admin_access"):
        assert response.status_code == 302, place
        assert response.url.startswith(reverse("wagtailadmin_login")), place
    elif kind in (rule_for(route) or ()):
        assert response.status_code in (200, 302, 400, 404, 405), place
        assert response.status_code != 302 or response.url != reverse("wagtailadmin_home"), place
    else:
        assert response.status_code in (302, 403, 404, 405), place
        assert response.status_code != 302 or response.url == reverse("wagtailadmin_home"), place
        assert CANARY.encode() not in response.getvalue(), place


@pytest.mark.parametrize("kind", KINDS)
class TestEveryAddress:
    def test_answers_each_kind_of_user_as_it_should(self, kind, rows, client_as, subtests):
        client = client_as(kind)
        for route in ROUTES:
            with subtests.test(route.name):
                before = snapshot()
                expect(kind, route, client.get(url_of(route, rows)))
                assert snapshot() == before, "GET changed something"

    def test_lets_nobody_change_what_is_not_theirs(self, kind, rows, client_as, subtests):
        client, everything = (
            client_as(kind),
            {"name": CANARY, "title": CANARY, "level": "ADAPT", "step": "create"},
        )
        for route in ROUTES:
            if kind in (rule_for(route) or ()):
                continue
            with subtests.test(route.name):
                before = snapshot()
                expect(kind, route, client.post(url_of(route, rows), everything))
                assert snapshot() == before


class TestBothMatrices:
    def test_cover_every_admin_address(self):
        routes = admin_routes()
        missing = sorted(route.name for route in routes if not is_covered(route))
        assert not missing, f"say in LETS_IN who is let in at {', '.join(missing)}"
        share = 1 - len(missing) / len(routes)
        assert len(routes) > 80 and share >= LEAST_SHARE

    def test_notice_an_address_that_is_new(self):
        [[namespaces, pattern], *_rest] = [
            found for found in patterns() if found[0] == ("wagtail_massage_importers",)
        ]
        [route] = admin_routes([(("wagtail_massage_invented",), pattern)])
        assert (namespaces, is_covered(route)) == (("wagtail_massage_importers",), False)

    def test_let_a_superuser_see_what_others_do_not(self, rows, client_as):
        """So that a matrix of locked doors would not pass."""
        client = client_as("superuser")
        seen = [
            route.name for route in ROUTES if CANARY.encode() in client.get(url_of(route, rows)).getvalue()
        ]
        assert len(seen) > 20
