"""A site as it runs: two web processes and a worker beside one PostgreSQL, one Redis and one mail server."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.mail_sink import MailSink
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.mails.delivery import LEASE
from wagtail_massage.comments.models import CommentMail, VisitorComment

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="processes need PostgreSQL: make postgres"),
]

API = "/api/massage/v1"


class Running:
    """The processes, the page that takes comments, and the mail server."""

    page: Page

    def __init__(self, processes: Any, webs: list[Any], sink: MailSink) -> None:
        self.processes, self.webs, self.sink = processes, webs, sink

    def post(self, web: int, body: str, **values: Any) -> tuple[int, Any]:
        draft = {"author_name": "Wren", "body": body} | values
        return self.webs[web].post(f"{API}/pages/{self.page.pk}/comments/", draft)

    def read(self, web: int) -> list[str]:
        status, part = self.webs[web].get(f"{API}/pages/{self.page.pk}/comments/")
        assert status == 200
        return [item["body"] for item in part["items"]]


@pytest.fixture(scope="module")
def running(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Running]:
    """Start everything. The processes share the test's own database, so both sides see the same rows."""
    for module in ("redis", "django_tasks_db", "aiosmtpd"):
        pytest.importorskip(module, reason=f"needs {module}, which comes with the group “test”")
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server: apt install redis-server, or your system's package")
    from tests.servers.processes import Processes

    sink = MailSink()
    sink.start()
    database, folder = connection.settings_dict["NAME"], tmp_path_factory.mktemp("processes")
    processes = Processes(folder, database=database, smtp_port=sink.port)
    try:
        processes.start_redis()
        webs = [processes.start_web() for _ in range(2)]
        migration = processes.manage("migrate", "django_tasks_database", name="migrate")
        assert migration.wait() == 0, processes.logs()
        for web in webs:
            web.wait()
        yield Running(processes, webs, sink)
    finally:
        sink.stop()
        processes.stop()


@pytest.fixture
def site(running: Running, transactional_db: None) -> Running:
    """The running site with one page, and nothing left of the test before."""
    with connection.cursor() as cursor:  # the queue is not the test project's, so nothing else empties it
        cursor.execute("TRUNCATE django_tasks_database_dbtaskresult")
    running.page = _make_page()
    running.processes.empty_redis()
    return running


def _make_page() -> Page:
    Locale.objects.get_or_create(language_code="en")
    root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
    page = root.add_child(instance=BlogPage(title="Warm stones", slug="warm-stones"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    return page


class TestSite:
    def test_of_two_web_processes_is_one_site(self, site):
        assert [site.post(web, f"Number {web}")[0] for web in (0, 1)] == [202, 202]
        user = get_user_model().objects.create_superuser("mona", "", "x")
        for comment in VisitorComment.objects.order_by("pk"):
            actions.approve(comment, by=user, now=timezone.now())
        assert site.read(0) == site.read(1) == ["Number 0", "Number 1"]

        # Five an hour, whichever process one comes to.
        statuses = [site.post(number % 2, f"Again {number}")[0] for number in range(5)]
        assert statuses == [202, 202, 202, 429, 429]
        assert VisitorComment.objects.count() == 5

    def test_loses_no_mail_when_its_worker_is_killed(self, site, settings):
        from tests.servers.processes import wait_until

        addresses = [f"visitor-{number}@visitors.example" for number in range(4)]
        site.sink.gate.clear()  # whoever sends now waits for an answer
        worker = site.processes.start_worker()
        for number, address in enumerate(addresses):
            draft = {"author_email": address, "wants_mail": True}
            assert site.post(number % 2, f"Number {number}", **draft)[0] == 202
        wait_until(lambda: site.sink.mails, "the first mail")
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        assert (
            CommentMail.objects.filter(kind="CONFIRM", finished_at=None).exclude(claimed_at=None).count() == 1
        )

        site.sink.gate.set()
        site.processes.start_worker()  # takes the tasks of the other posts, and leaves the dead worker's lease alone
        wait_until(lambda: self.unfinished().count() == 1, "the mails that nobody had begun")
        # Ten minutes later cron comes by.
        self.unfinished().update(claimed_at=timezone.now() - LEASE - timedelta(seconds=1))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", site.sink.port
        call_command("send_comment_mails")

        # Either cron has taken the lease over, or the worker, with one of the tasks that it still had.
        wait_until(lambda: not self.unfinished().exists(), "the mail that was being sent")
        assert set(CommentMail.objects.filter(kind="CONFIRM").values_list("outcome", flat=True)) == {"SENT"}
        assert set(site.sink.recipients) == set(addresses)
        ids = {mail["Message-ID"] for mail in site.sink.mails}
        assert len(ids) == len(addresses)  # what came twice can be told to be the same

    def unfinished(self) -> Any:
        return CommentMail.objects.filter(finished_at=None)
