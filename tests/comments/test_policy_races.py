"""A policy that changes while somebody posts."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from tests.comments.policy_trees import choose
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.states import Status


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads need PostgreSQL: make postgres")
class TestAtTheSameMoment:
    """A post that waits for the thread while somebody changes the policy is held to the new one."""

    @pytest.fixture
    def live_page(self) -> Page:
        Locale.objects.get_or_create(language_code="en")
        root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
        page = root.add_child(instance=BlogPage(title="Warm stones", slug="warm-stones"))
        return Page.objects.get(pk=page.pk)

    @pytest.mark.parametrize(("before", "after"), [("PRE", "CLOSED"), (None, "CLOSED"), ("POST", None)])
    def test_no_post_passes_on_the_policy_before(
        self, live_page: Page, now: datetime, before: str | None, after: str | None
    ) -> None:
        choose(live_page, "OFF")
        choose(live_page, before)
        results: list[Any] = []
        poster = threading.Thread(target=self._post, args=(live_page, now, results))
        with transaction.atomic():
            choose(live_page, after)
            poster.start()
            self._wait_for_lock()
        poster.join()
        [outcome] = results
        if after == "CLOSED":
            assert isinstance(outcome, actions.Closed)
        else:
            assert outcome.comment.status == Status.PENDING

    def _post(self, page: Page, now: datetime, results: list[Any]) -> None:
        try:
            draft = Draft(body="Thank you.", author_name="Rowan")
            results.append(actions.submit(page=page, draft=draft, origin=Origin(token="GOOD"), now=now))
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    def _wait_for_lock(self) -> None:
        """Return once another connection waits for a lock."""
        query = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        deadline = timezone.now() + timedelta(seconds=30)
        with connection.cursor() as cursor:
            while timezone.now() < deadline:
                cursor.execute(query)
                if cursor.fetchone()[0]:
                    return
        raise AssertionError("Nobody waited for the thread.")
