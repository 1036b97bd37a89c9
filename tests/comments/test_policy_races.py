"""A policy that changes while somebody posts."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection, transaction
from wagtail.models import Locale, Page

from tests.comments.policy_trees import choose
from tests.comments.waiting import started
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
        draft = Draft(body="Thank you.", author_name="Rowan")
        with transaction.atomic():
            choose(live_page, after)
            poster, results = started(
                lambda: actions.submit(page=live_page, draft=draft, origin=Origin(token="GOOD"), now=now)
            )
            assert not results, "It did not wait for the thread."
        poster.join()
        [outcome] = results
        if after == "CLOSED":
            assert isinstance(outcome, actions.Closed)
        else:
            assert outcome.comment.status == Status.PENDING
