"""Deliveries: at least once, with the same id, tried again after a while, given up in the end; and the commands."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.webhooks.target import Target
from wagtail_massage.testing.webhooks import (
    WebhookDeliveryFactory,
    WebhookEndpointFactory,
    WebhookEventFactory,
)
from wagtail_massage.webhooks import delivery, secrets, tasks
from wagtail_massage.webhooks.delivery import LEASE, deliver_due
from wagtail_massage.webhooks.models import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
    WebhookSecret,
)

pytestmark = pytest.mark.django_db

standardwebhooks = pytest.importorskip("standardwebhooks", reason="comes with the group “test”")


@pytest.fixture
def row(endpoint):
    return WebhookDeliveryFactory(endpoint=endpoint)


def run(command, *args, **options):
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return out.getvalue()


class TestADelivery:
    def test_arrives_signed_with_the_body_as_it_was_noted(self, row, target, endpoint):
        assert deliver_due() == {"DELIVERED": 1}
        (request,) = target.received
        assert request.body.decode() == row.event.body
        secret = endpoint.secrets.get().key
        assert standardwebhooks.Webhook(secret).verify(request.body, request.headers) == request.message
        assert request.id == row.event.message_id
        row.refresh_from_db()
        assert (row.outcome, row.claimed_at) == ("DELIVERED", None)

    def test_carries_all_current_signatures(self, row, target, endpoint):
        old = endpoint.secrets.get()
        new = secrets.add_secret(endpoint, now=timezone.now())
        deliver_due()
        (request,) = target.received
        for secret in (old, new):
            standardwebhooks.Webhook(secret.key).verify(request.body, request.headers)
        assert WebhookAttempt.objects.get().secrets == f"{old}, {new}"

    def test_is_signed_no_more_with_a_secret_that_has_ended(self, row, target, endpoint):
        old = endpoint.secrets.get()
        new = secrets.add_secret(endpoint, now=timezone.now() - timedelta(hours=25))
        deliver_due()
        (request,) = target.received
        standardwebhooks.Webhook(new.key).verify(request.body, request.headers)
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            standardwebhooks.Webhook(old.key).verify(request.body, request.headers)

    def test_is_not_made_while_its_endpoint_is_off(self, row, target):
        WebhookEndpoint.objects.update(is_active=False)
        assert not deliver_due()
        WebhookEndpoint.objects.update(is_active=True)
        assert deliver_due() == {"DELIVERED": 1}

    def test_follows_publishing(self, page, endpoint, target, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        assert target.types == ["page.published"]
        assert target.messages[0]["paths"] == ["/warm-stones/"]


class TestAFailure:
    def test_is_tried_again_after_a_while_and_given_up_in_the_end(self, row, target, now):
        target.status = 503
        WebhookDelivery.objects.update(due_at=now)
        waits, moment = [], now
        while not WebhookDelivery.objects.get().outcome:
            deliver_due(now=moment)
            assert not deliver_due(now=moment)
            due_at = WebhookDelivery.objects.get().due_at
            waits.append((due_at - moment).total_seconds())
            moment = due_at
        assert waits[:-1] == [5, 30, 120, 600, 3600, 21600]
        assert len(target.received) == 7
        assert {request.id for request in target.received} == {row.event.message_id}
        assert len({request.body for request in target.received}) == 1
        stamps = [int(request.headers["webhook-timestamp"]) for request in target.received]
        assert stamps == sorted(set(stamps))

    def test_of_ten_minutes_is_over_within_fifteen(self, row, target, now):
        target.status = 503
        moment = now
        while moment < now + timedelta(minutes=15):
            if moment >= now + timedelta(minutes=10):
                target.status = 200
            deliver_due(now=moment)
            moment += timedelta(seconds=5)
        assert WebhookDelivery.objects.get().outcome == "DELIVERED"

    def test_takes_the_waits_of_the_settings(self, row, target, now, settings):
        settings.WAGTAIL_MASSAGE_WEBHOOKS_RETRY_SECONDS = []
        target.status = 500
        assert deliver_due(now=now) == {"FAILED": 1}

    def test_keeps_nobody_else_waiting(self, row, target, now):
        broken = Target()
        broken.start()
        broken.status = 500
        bad = WebhookEndpointFactory(url=broken.url)
        for _ in range(5):
            WebhookDeliveryFactory(endpoint=bad, due_at=row.due_at - timedelta(hours=1))
        assert deliver_due(now=now) == {"": 1, "DELIVERED": 1}
        broken.stop()
        assert len(broken.received) == 1
        assert len(target.received) == 1

    def test_is_logged_without_a_secret(self, row, target, endpoint, caplog):
        target.status, target.body = 401, b"wrong signature"
        deliver_due()
        attempt = WebhookAttempt.objects.get()
        assert (attempt.trouble, attempt.status, attempt.answer_body) == ("STATUS", 401, "wrong signature")
        key = endpoint.secrets.get().key
        assert attempt.secrets == f"whsec_…{key[-4:]}"
        assert key not in repr(list(WebhookAttempt.objects.values())) + caplog.text

    def test_of_our_own_stops_no_other(self, row, target, endpoint):
        broken = WebhookDeliveryFactory(endpoint=WebhookEndpointFactory(url=target.url, secret="whsec_?"))
        WebhookDelivery.objects.filter(pk=broken.pk).update(due_at=row.due_at - timedelta(hours=1))
        assert deliver_due() == {"": 1, "DELIVERED": 1}
        assert WebhookAttempt.objects.get(delivery=broken).trouble == "INTERNAL"


class TestALease:
    def test_of_somebody_else_is_left_alone(self, row, target, now):
        WebhookDelivery.objects.update(claimed_at=now)
        assert not deliver_due(now=now)
        assert not target.received

    def test_of_the_dead_is_taken_over(self, row, target, now):
        WebhookDelivery.objects.update(claimed_at=now - LEASE - timedelta(seconds=1))
        assert deliver_due(now=now) == {"DELIVERED": 1}

    def test_that_was_lost_changes_nothing_any_more(self, row, target, now):
        """Somebody was slow; meanwhile another has taken over and delivered."""
        WebhookDelivery.objects.update(claimed_at=now)
        slow = WebhookDelivery.objects.select_related("event", "endpoint").get()
        WebhookDelivery.objects.update(claimed_at=None, outcome="DELIVERED", finished_at=now)
        target.status = 500
        delivery.deliver(slow, now=now)
        row.refresh_from_db()
        assert (row.outcome, row.failures) == ("DELIVERED", 0)


class TestATask:
    def test_asks_to_be_run_again_where_the_queue_can_wait(self, row, target, settings, now):
        settings.TASKS = {"default": {"BACKEND": _dummy()}}
        target.status = 500
        deliver_due(now=now)
        backend = tasks.deliver_webhooks.get_backend()
        (result,) = backend.results
        assert result.task.run_after == now + timedelta(seconds=5)

    def test_stops_when_somebody_has_waited_long_enough(self, row, target, endpoint):
        for _ in range(3):
            WebhookDeliveryFactory(endpoint=endpoint)
        deliver_due(seconds=0)
        assert len(target.received) == 1


def _dummy():
    try:
        import django.tasks  # noqa: F401
    except ImportError:
        return "django_tasks.backends.dummy.DummyBackend"
    return "django.tasks.backends.dummy.DummyBackend"


class TestTheCommands:
    def test_deliver_says_what_it_did(self, row, target, endpoint):
        assert run("deliver_webhooks") == "1 delivered, 0 to be tried again, 0 given up.\n"
        target.status = 500
        WebhookDeliveryFactory(endpoint=endpoint)
        assert run("deliver_webhooks") == "0 delivered, 1 to be tried again, 0 given up.\n"

    def test_try_a_webhook_by_name_and_by_address(self, endpoint, target):
        for wanted in ("Front end", target.url):
            out = run("massage_webhook", test=wanted)
            assert out.startswith("200 (")
            assert out.endswith("thanks\n")
        assert target.types == ["webhook.test"] * 2
        assert WebhookAttempt.objects.count() == 2

    def test_try_an_address_that_is_no_webhook(self, db, target, nearby):
        out = run("massage_webhook", test=target.url)
        secret = out.split("this test: ")[1].split()[0]
        (request,) = target.received
        standardwebhooks.Webhook(secret).verify(request.body, request.headers)
        assert not WebhookEvent.objects.exists()

    def test_try_with_the_secret_that_is_given(self, db, target, nearby):
        secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        assert secret not in run("massage_webhook", test=target.url, secret=secret)
        (request,) = target.received
        standardwebhooks.Webhook(secret).verify(request.body, request.headers)

    @pytest.mark.parametrize(
        ("wanted", "message"),
        [
            ("Nobody", "There is no webhook called “Nobody”. There are: Front end."),
            ("https://10.0.0.1/", "The address is private or reserved"),
            ("http://front.example/", "The address is not https"),
        ],
    )
    def test_say_why_a_try_failed(self, endpoint, settings, wanted, message):
        settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_PRIVATE = False
        settings.WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_HTTP = False
        with pytest.raises(CommandError, match=message):
            run("massage_webhook", test=wanted)

    def test_say_why_a_secret_is_none(self, db, target, nearby):
        with pytest.raises(CommandError, match="That is no secret"):
            run("massage_webhook", test=target.url, secret="whsec_***")

    def test_fail_where_the_receiver_does(self, endpoint, target):
        target.status = 500
        with pytest.raises(CommandError, match="not a success"):
            run("massage_webhook", test="Front end")

    def test_list_what_there_is(self, db, settings):
        assert "There is no webhook yet." in run("massage_webhook")
        WebhookEndpointFactory(name="Front end", url="https://front.example/")
        assert run("massage_webhook") == "Front end\thttps://front.example/\ton\n"


class TestPurging:
    OLD = datetime(2026, 1, 1, tzinfo=UTC)

    @pytest.fixture
    def rows(self, endpoint):
        old = WebhookDeliveryFactory(endpoint=endpoint, outcome="DELIVERED", finished_at=self.OLD)
        waits = WebhookDeliveryFactory(endpoint=endpoint)
        new = WebhookDeliveryFactory(endpoint=endpoint, outcome="FAILED", finished_at=timezone.now())
        for row in (old, new):
            WebhookAttempt.objects.create(delivery=row, started_at=self.OLD, url="https://a.example/")
        return old, waits, new

    def test_is_announced_before_it_is_done(self, rows):
        assert (
            run("purge_webhooks") == "1\told deliveries to delete\nNothing was changed. Add --yes to do it.\n"
        )
        assert WebhookDelivery.objects.count() == 3

    def test_lets_go_of_what_is_old_and_finished(self, rows):
        old, waits, new = rows
        assert run("purge_webhooks", "--yes") == "1\told deliveries deleted\n"
        assert set(WebhookDelivery.objects.all()) == {waits, new}
        assert not WebhookEvent.objects.filter(pk=old.event_id).exists()
        assert [attempt.delivery for attempt in WebhookAttempt.objects.all()] == [new]
        assert run("purge_webhooks", "--yes").startswith("0\t")

    def test_keeps_an_event_that_somebody_else_waits_for(self, rows):
        old = rows[0]
        other = WebhookDeliveryFactory(event=old.event)
        run("purge_webhooks", "--yes")
        other.refresh_from_db()
        assert json.loads(other.event.body)

    def test_lets_go_of_secrets_that_have_ended(self, endpoint):
        secrets.add_secret(endpoint, now=timezone.now() - timedelta(days=2))
        run("purge_webhooks", "--yes")
        assert WebhookSecret.objects.get().expires_at is None

    def test_gives_up_what_waits_for_an_endpoint_that_is_off(self, rows):
        WebhookEndpoint.objects.update(is_active=False)
        run("purge_webhooks", "--yes")
        assert set(WebhookDelivery.objects.all()) == {rows[2]}

    def test_runs_in_batches(self, endpoint, monkeypatch):
        from wagtail_massage.webhooks import purging

        monkeypatch.setattr(purging, "BATCH", 2)
        event = WebhookEventFactory()
        for _ in range(5):
            row = WebhookDeliveryFactory(endpoint=endpoint, outcome="DELIVERED", finished_at=self.OLD)
        assert row.event != event
        assert run("purge_webhooks", "--yes").startswith("5\t")
        assert not WebhookEvent.objects.exists()
