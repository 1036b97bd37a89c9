"""Who may open what: every address of the room, with every kind of person."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.comments.desk import client_of
from tests.webhooks.people import NAMESPACE, make_user, url
from wagtail_massage.testing.webhooks import WebhookDeliveryFactory

pytestmark = pytest.mark.django_db

SEE = {"view", "add", "change", "delete"}
NEEDS = {
    "index": SEE,
    "index_results": SEE,
    "endpoint": SEE,
    "deliveries": SEE,
    "deliveries_results": SEE,
    "delivery": SEE,
    "add": {"add"},
    "edit": {"change"},
    "delete": {"delete"},
    "test": {"change"},
    "add_secret": {"change"},
    "retire_secret": {"change"},
    "again": {"change"},
}
ACTIONS = {"test", "add_secret", "retire_secret", "again"}


def names_of_the_room():
    """Return the names of all addresses that Wagtail has mounted for the room."""
    found, rest = set(), list(get_resolver().url_patterns)
    while rest:
        pattern = rest.pop()
        if not isinstance(pattern, URLResolver):
            continue
        if pattern.namespace == NAMESPACE:
            found |= {inner.name for inner in pattern.url_patterns}
        else:
            rest += pattern.url_patterns
    return found


@pytest.fixture
def places(endpoint):
    row = WebhookDeliveryFactory(endpoint=endpoint, outcome="DELIVERED")
    own = {"endpoint", "edit", "delete", "test", "add_secret"}
    args = {name: [endpoint.pk] for name in own} | {
        "retire_secret": [endpoint.pk, endpoint.secrets.get().pk],
        "delivery": [row.pk],
        "again": [row.pk],
    }
    return {name: url(name, *args.get(name, [])) for name in NEEDS}


def is_let_in(client, name, place):
    """Wagtail leads those who may not to the first page of its admin."""
    response = (client.post if name in ACTIONS else client.get)(place)
    assert response.status_code in {200, 302}, name
    return response.get("Location") != reverse("wagtailadmin_home")


def test_the_table_names_every_address():
    assert names_of_the_room() == set(NEEDS)


@pytest.mark.parametrize("right", sorted(SEE))
def test_one_permission_opens_what_it_should_and_nothing_else(places, right):
    client = client_of(make_user("sue", right))
    opened = {name for name, place in places.items() if is_let_in(client, name, place)}
    assert opened == {name for name, rights in NEEDS.items() if right in rights}


def test_no_permission_opens_nothing(places, target):
    client = client_of(make_user("sue"))
    assert not [name for name, place in places.items() if is_let_in(client, name, place)]
    assert not target.received


def test_strangers_are_asked_to_sign_in(places):
    for name, place in places.items():
        response = (Client().post if name in ACTIONS else Client().get)(place)
        assert response.status_code == 302, name
        assert response["Location"].startswith(reverse("wagtailadmin_login")), name


def test_buttons_are_shown_only_to_those_who_may_press_them(places, endpoint):
    html = client_of(make_user("sue", "view")).get(places["endpoint"]).content.decode()
    for name in ("edit", "delete", "test", "add_secret"):
        assert places[name] not in html
    html = client_of(make_user("kim", "change")).get(places["endpoint"]).content.decode()
    for name in ("edit", "test", "add_secret"):
        assert places[name] in html


def test_permissions_are_offered_in_the_settings_of_groups(boss):
    html = client_of(boss).get(reverse("wagtailusers_groups:add")).content.decode()
    assert "Webhook" in html
