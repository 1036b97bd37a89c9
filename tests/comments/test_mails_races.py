"""Several processes deliver at once, on PostgreSQL with real threads: every mail once, one note for each moderator."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from wagtail.models import Site

from tests.comments.conftest import NOW
from tests.comments.postbox import outcomes
from tests.comments.test_races import at_once, live_page  # noqa: F401
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.mails import deliver_due, plan_digests
from wagtail_massage.comments.models import CommentMail

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads need PostgreSQL: make postgres"),
]

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def outbox_of_thirty(live_page, monkeypatch, sink):  # noqa: F811
    """Thirty comments whose authors are to be asked, and of which two moderators are to be told."""
    monkeypatch.setattr("wagtail_massage.comments.outbox.enqueue_on_commit", lambda task: None)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=live_page, is_default_site=True)
    for name in ("mona", "ash"):
        get_user_model().objects.create_superuser(name, f"{name}@example.com", "x")
    for number in range(30):
        address = f"visitor-{number}@visitors.example"
        draft = Draft(body=f"Number {number}", author_name="Wren", author_email=address, wants_mail=True)
        actions.submit(page=live_page, draft=draft, origin=Origin(), now=NOW + timedelta(minutes=number))


class TestAtOnce:
    def test_every_mail_is_sent_once(self, outbox_of_thirty, sink):
        at_once(4, lambda _number: deliver_due(now=LATER))
        authors = [name for name in sink.recipients if "visitors" in name]
        assert sorted(authors) == sorted(f"visitor-{number}@visitors.example" for number in range(30))
        assert set(outcomes("CONFIRM")) == {"SENT"}

    def test_every_moderator_is_told_once_and_of_everything_in_the_end(self, outbox_of_thirty, sink):
        at_once(4, lambda _number: deliver_due(now=LATER))
        told = Counter(name for name in sink.recipients if "example.com" in name)
        assert told == {"mona@example.com": 1, "ash@example.com": 1}
        deliver_due(now=LATER + timedelta(minutes=10))  # what came in while those were sent
        last = [mail for mail in sink.mails if mail["To"] == "ash@example.com"][-1]
        assert last["Subject"].endswith(": 30")

    def test_one_digest_is_made(self, outbox_of_thirty):
        at_once(4, lambda _number: plan_digests(now=LATER))
        assert CommentMail.objects.filter(kind="DIGEST").count() == 2
