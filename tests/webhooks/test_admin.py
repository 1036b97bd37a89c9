"""Webhooks in the admin: forms, secrets that are shown once, the log, the buttons."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.comments.desk import client_of
from tests.webhooks.people import make_user, url
from wagtail_massage.testing.webhooks import WebhookDeliveryFactory, WebhookEndpointFactory
from wagtail_massage.webhooks.events import EventType
from wagtail_massage.webhooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSecret

pytestmark = pytest.mark.django_db

XSS = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


@pytest.fixture
def desk(boss):
    return client_of(boss)


def html_of(response):
    assert response.status_code == 200
    return response.content.decode()


def fields(**values):
    return {
        "name": "Front end",
        "url": "https://front.example/hooks",
        "site": "",
        "events": ["page.published", "comment.approved"],
        "is_active": "on",
        **values,
    }


class TestTheList:
    def test_explains_itself_while_it_is_empty(self, desk):
        html = html_of(desk.get(url("index")))
        assert "Nobody is told yet." in html
        assert url("add") in html

    def test_shows_endpoints_with_their_state(self, desk, target):
        front = WebhookEndpointFactory(name="Front end", url=target.url, is_active=False)
        WebhookDeliveryFactory(endpoint=front)
        html = html_of(desk.get(url("index")))
        for text in ("Front end", target.url, "All sites", "Off", url("endpoint", front.pk)):
            assert text in html

    def test_is_in_the_settings_menu_of_those_who_may(self, desk):
        assert url("index") in html_of(desk.get(reverse("wagtailadmin_home")))
        sue = client_of(make_user("sue"))
        assert url("index") not in html_of(sue.get(reverse("wagtailadmin_home")))

    def test_takes_as_many_queries_for_many(self, desk):
        def queries(name):
            with CaptureQueriesContext(connection) as context:
                desk.get(url(name))
            return len(context)

        WebhookDeliveryFactory(endpoint=WebhookEndpointFactory())
        few = [queries(name) and queries(name) for name in ("index", "deliveries")]
        for _ in range(12):
            WebhookDeliveryFactory(endpoint=WebhookEndpointFactory())
        assert [queries(name) for name in ("index", "deliveries")] == few


class TestAnEndpoint:
    def test_is_added_and_its_secret_shown_once(self, desk):
        response = desk.post(url("add"), fields(), follow=True)
        endpoint = WebhookEndpoint.objects.get()
        assert response.redirect_chain == [(url("endpoint", endpoint.pk), 302)]
        assert endpoint.events == ["page.published", "comment.approved"]
        (secret,) = endpoint.secrets.all()
        assert re.fullmatch(r"whsec_[A-Za-z0-9+/=]{44}", secret.key)
        assert secret.key in html_of(response).replace("&#x2B;", "+")
        again = html_of(desk.get(url("endpoint", endpoint.pk)))
        assert secret.key not in again
        assert f"…{secret.key[-4:]}" in again

    def test_asks_for_everything_unless_told_otherwise(self, desk):
        html = html_of(desk.get(url("add")))
        assert html.count("checked") >= len(EventType.values)

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"url": "http://front.example/"}, "Use an address that starts with https://."),
            ({"url": "ftp://front.example/"}, "Enter an address such as"),
            ({"url": "javascript:alert(1)"}, "Enter an address such as"),
            ({"url": "https://user:pass@front.example/"}, "Enter an address such as"),
            ({"url": "https://front.example/#part"}, "Enter an address such as"),
            ({"url": "https:///nowhere"}, "Enter an address such as"),
            ({"url": "https://front.example:99999/"}, "Enter an address such as"),
            ({"url": "https://front.example/a b"}, "Enter an address such as"),
            ({"url": "https://[::1/"}, "Enter an address such as"),
            ({"url": ""}, "This field is required"),
            ({"name": ""}, "This field is required"),
            ({"events": []}, "This field is required"),
            ({"events": ["nothing.known"]}, "is not one of the available choices"),
        ],
    )
    def test_is_refused_with_a_reason(self, desk, values, message):
        response = desk.post(url("add"), fields(**values))
        assert message in html_of(response)
        assert not WebhookEndpoint.objects.exists()

    def test_has_a_name_of_its_own(self, desk):
        WebhookEndpointFactory(name="Front end")
        assert "There is a webhook with this name already." in html_of(desk.post(url("add"), fields()))

    def test_is_changed(self, desk):
        endpoint = WebhookEndpointFactory(name="Old")
        assert "Old" in html_of(desk.get(url("edit", endpoint.pk)))
        desk.post(url("edit", endpoint.pk), fields(events=["page.moved"], is_active=""))
        endpoint.refresh_from_db()
        assert (endpoint.name, endpoint.events, endpoint.is_active) == ("Front end", ["page.moved"], False)
        assert endpoint.secrets.count() == 1

    def test_is_deleted_after_a_question(self, desk):
        delivery = WebhookDeliveryFactory()
        endpoint = delivery.endpoint
        assert "the log of its deliveries go with it" in html_of(desk.get(url("delete", endpoint.pk)))
        desk.post(url("delete", endpoint.pk))
        assert not WebhookEndpoint.objects.exists()
        assert not WebhookDelivery.objects.exists()

    def test_leaves_no_secret_in_the_audit_log(self, desk):
        from django.apps import apps

        desk.post(url("add"), fields())
        endpoint = WebhookEndpoint.objects.get()
        desk.post(url("add_secret", endpoint.pk))
        rows = repr(list(apps.get_model("wagtailcore", "ModelLogEntry").objects.values()))
        assert "wagtail_massage_webhooks.add_secret" in rows
        assert not any(secret.key in rows for secret in WebhookSecret.objects.all())


class TestSecrets:
    def test_are_replaced_with_an_overlap(self, desk, endpoint):
        old = endpoint.secrets.get()
        response = desk.post(url("add_secret", endpoint.pk), follow=True)
        new = endpoint.secrets.get(expires_at=None)
        assert new.key != old.key
        assert new.key in html_of(response).replace("&#x2B;", "+")
        assert len(endpoint.current_secrets()) == 2
        assert old.key not in html_of(response)

    def test_are_ended_before_their_time(self, desk, endpoint):
        desk.post(url("add_secret", endpoint.pk))
        old = endpoint.secrets.exclude(expires_at=None).get()
        desk.post(url("retire_secret", endpoint.pk, old.pk))
        assert endpoint.current_secrets() == [endpoint.secrets.get(expires_at=None).key]

    def test_are_never_all_ended(self, desk, endpoint):
        secret = endpoint.secrets.get()
        response = desk.post(url("retire_secret", endpoint.pk, secret.pk), follow=True)
        assert "Make another one before you end it." in html_of(response)
        assert endpoint.current_secrets() == [secret.key]

    def test_belong_to_one_endpoint(self, desk, endpoint):
        other = WebhookEndpointFactory()
        assert desk.post(url("retire_secret", other.pk, endpoint.secrets.get().pk)).status_code == 404


class TestTheTestButton:
    def test_shows_what_came_back(self, desk, endpoint, target):
        target.body = b"heard you"
        response = desk.post(url("test", endpoint.pk), follow=True)
        html = html_of(response)
        assert "The test arrived." in html
        assert "heard you" in html
        assert target.types == ["webhook.test"]

    def test_shows_why_it_failed(self, desk, endpoint, target):
        target.status = 500
        html = html_of(desk.post(url("test", endpoint.pk), follow=True))
        assert "The test did not arrive: The answer was not a success (2xx)." in html
        assert WebhookDelivery.objects.get().outcome == "FAILED"  # nobody wants a test an hour later

    def test_is_no_link(self, desk, endpoint):
        for name in ("test", "add_secret"):
            assert desk.get(url(name, endpoint.pk)).status_code == 405


class TestTheLog:
    def test_explains_itself_while_it_is_empty(self, desk):
        assert "Nothing has been delivered yet, and nothing waits." in html_of(desk.get(url("deliveries")))

    def test_can_be_narrowed(self, desk):
        one = WebhookDeliveryFactory(endpoint__name="One")
        two = WebhookDeliveryFactory(endpoint__name="Two", outcome="DELIVERED", event__type="page.moved")
        for query, shown in [
            (f"endpoint={one.endpoint_id}", [one]),
            ("state=WAITING", [one]),
            ("state=DELIVERED", [two]),
            ("type=page.moved", [two]),
            ("", [one, two]),
        ]:
            html = html_of(desk.get(f"{url('deliveries_results')}?{query}"))
            assert [row for row in (one, two) if url("delivery", row.pk) in html] == shown, query

    def test_shows_a_delivery_that_waits(self, desk):
        row = WebhookDeliveryFactory()
        html = html_of(desk.get(url("delivery", row.pk)))
        assert row.event.message_id in html
        assert "Deliver now" in html
        assert "page.published" in html

    def test_delivers_again_with_the_same_id(self, desk, endpoint, target):
        row = WebhookDeliveryFactory(endpoint=endpoint)
        for _ in range(2):
            html = html_of(desk.post(url("again", row.pk), follow=True))
            assert "Delivered." in html
        assert [request.id for request in target.received] == [row.event.message_id] * 2
        assert WebhookAttempt.objects.count() == 2

    def test_tries_again_by_itself_what_failed_again(self, desk, endpoint, target):
        row = WebhookDeliveryFactory(endpoint=endpoint, outcome="FAILED", failures=7)
        target.status = 503
        assert "It will be tried again by itself." in html_of(desk.post(url("again", row.pk), follow=True))
        row.refresh_from_db()
        assert (row.outcome, row.failures) == ("", 1)

    def test_does_not_deliver_what_is_being_delivered(self, desk, endpoint, target):
        from django.utils import timezone

        row = WebhookDeliveryFactory(endpoint=endpoint, claimed_at=timezone.now())
        assert "It is being delivered at this moment." in html_of(
            desk.post(url("again", row.pk), follow=True)
        )
        assert not target.received


class TestHostileText:
    def test_of_an_answer_is_shown_as_text(self, desk, endpoint, target):
        target.body = f"{XSS}\0\x1b[31m\ud800".encode(errors="surrogatepass")
        target.headers = {"X-Evil": XSS}
        html = html_of(desk.post(url("test", endpoint.pk), follow=True))
        assert "onerror=alert(1)" in html
        assert "<img src=x" not in html
        assert "<script>alert" not in html
        assert "\x1b" not in html

    def test_of_an_endpoint_is_shown_as_text(self, desk, endpoint):
        WebhookEndpoint.objects.update(name=XSS[:80], url=f"https://front.example/{XSS}")
        row = WebhookDeliveryFactory(endpoint=endpoint)
        places = [
            url("index"),
            url("endpoint", endpoint.pk),
            url("edit", endpoint.pk),
            url("delete", endpoint.pk),
            url("deliveries"),
            url("delivery", row.pk),
        ]
        for place in places:
            html = html_of(desk.get(place))
            assert "<img src=x" not in html, place
            assert "<script>alert" not in html, place
