"""Deliveries as they run: a worker that is killed, and several that run at once. On PostgreSQL."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.comments.test_races import at_once
from tests.projects.blog.models import BlogPage
from wagtail_massage.testing.webhooks import WebhookDeliveryFactory, WebhookEndpointFactory
from wagtail_massage.webhooks.delivery import LEASE, deliver_due
from wagtail_massage.webhooks.models import WebhookDelivery

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="processes need PostgreSQL: make postgres"),
]


@pytest.fixture
def endpoint(transactional_db: None, target: Any, nearby: Any) -> Any:
    return WebhookEndpointFactory(url=target.url)


class TestSideBySide:
    def test_each_message_is_delivered_once(self, endpoint, target):
        rows = [WebhookDeliveryFactory(endpoint=endpoint) for _ in range(40)]
        results = at_once(4, lambda _number: deliver_due())
        assert sum((Counter(result) for result in results), Counter()) == {"DELIVERED": 40}
        ids = Counter(request.id for request in target.received)
        assert ids == {row.event.message_id: 1 for row in rows}

    def test_each_message_is_tried_once_while_a_receiver_is_away(self, endpoint, target):
        target.status = 503
        for _ in range(10):
            WebhookDeliveryFactory(endpoint=endpoint)
        at_once(4, lambda _number: deliver_due())
        assert max(Counter(request.id for request in target.received).values()) == 1
        assert set(WebhookDelivery.objects.values_list("claimed_at", flat=True)) == {None}


class TestAWorker:
    @pytest.fixture
    def processes(self, endpoint: Any, tmp_path: Any) -> Iterator[Any]:
        pytest.importorskip(
            "django_tasks_db", reason="needs django-tasks-db, which comes with the group “test”"
        )
        pytest.importorskip("redis", reason="needs redis, which comes with the group “test”")
        from tests.servers.processes import Processes

        processes = Processes(tmp_path, database=connection.settings_dict["NAME"], smtp_port=0)
        processes.environment["DJANGO_SETTINGS_MODULE"] = "tests.webhooks.site_settings"
        migration = processes.manage("migrate", "django_tasks_database", name="migrate")
        assert migration.wait() == 0, processes.logs()
        with connection.cursor() as cursor:  # the queue is not the test project's, so nothing else empties it
            cursor.execute("TRUNCATE django_tasks_database_dbtaskresult")
        yield processes
        processes.stop()

    @pytest.fixture
    def page(self, endpoint: Any) -> BlogPage:
        Locale.objects.get_or_create(language_code="en")
        root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
        page = root.add_child(instance=BlogPage(title="Warm stones", slug="warm-stones", live=False))
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
        return page

    def publish(self, processes: Any, page: Page) -> None:
        code = f"from wagtail.models import Page; Page.objects.get(pk={page.pk}).specific.save_revision().publish()"
        assert processes.manage("shell", "-c", code, name="publish").wait() == 0, processes.logs()

    def test_that_is_killed_loses_nothing(self, processes, page, target):
        from tests.servers.processes import wait_until

        self.publish(processes, page)
        self.publish(processes, page)
        assert WebhookDelivery.objects.count() == 2
        target.gate.clear()  # whoever calls now waits for an answer
        worker = processes.start_worker()
        wait_until(lambda: target.received, "the first message")
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        lost = WebhookDelivery.objects.get(finished_at=None, claimed_at__isnull=False)

        target.gate.set()
        processes.start_worker()  # takes the other task, and leaves the dead worker's lease alone
        wait_until(
            lambda: WebhookDelivery.objects.filter(outcome="DELIVERED").count() == 1, "the other message"
        )
        lost.refresh_from_db()
        assert lost.outcome == ""
        # A minute later cron comes by.
        WebhookDelivery.objects.filter(pk=lost.pk).update(
            claimed_at=timezone.now() - LEASE - timedelta(seconds=1)
        )
        call_command("deliver_webhooks")
        assert set(WebhookDelivery.objects.values_list("outcome", flat=True)) == {"DELIVERED"}
        ids = Counter(request.id for request in target.received)
        assert len(ids) == 2  # what came twice can be told to be the same
        assert ids[lost.event.message_id] == 2

    def test_tries_again_by_itself(self, processes, page, target):
        from tests.servers.processes import wait_until

        target.statuses = [503]
        self.publish(processes, page)
        processes.start_worker()
        wait_until(lambda: WebhookDelivery.objects.filter(outcome="DELIVERED").exists(), "the second attempt")
        assert len({request.id for request in target.received}) == 1
        assert len(target.received) == 2
