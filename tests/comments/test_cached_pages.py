"""Copies in a cache before the site: forgotten with each change that the public can see, and only then."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from tests.projects.blog.models import BlogPage
from tests.purging import PURGED
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Policy


class TestPublicChanges:
    @pytest.mark.parametrize("verb", ["hide", "mark_spam", "remove", "erase"])
    def test_forget_the_page_and_the_addresses_of_its_comments(
        self, verb: str, purged: Any, publish: Any, moderator: Any, now: Any, page: Page
    ) -> None:
        comment = publish()
        assert purged(lambda: getattr(actions, verb)(comment, by=moderator, now=now)) >= {
            "/warm-stones/",
            f"/massage/comments/{page.pk}/",
            f"/massage/comments/{page.pk}/feed/",
            f"/massage/comments/{page.pk}/replies/{comment.uuid}/",
            f"/massage/comments/{page.pk}/comment/{comment.uuid}/",
            f"/api/massage/v1/pages/{page.pk}/comments/",
            f"/api/massage/v1/comments/{comment.uuid}/",
            f"/api/massage/v1/comments/{comment.uuid}/replies/",
        }

    def test_include_approval_edits_and_the_policy(
        self, purged: Any, say: Any, moderator: Any, now: Any, page: Page
    ) -> None:
        comment = say()
        assert purged(lambda: actions.approve(comment, by=moderator, now=now))
        comment = VisitorComment.objects.get()
        assert purged(lambda: actions.edit(comment, body="Better words", by=moderator, now=now))
        assert purged(lambda: actions.set_policy(page=page, policy=Policy.CLOSED, by=moderator, now=now))

    def test_include_the_end_of_the_time_that_comments_are_kept(
        self, purged: Any, publish: Any, page: Page
    ) -> None:
        root = publish()
        reply = publish(parent=root)
        VisitorComment.objects.filter(pk=reply.pk).update(created_at=timezone.now() - timedelta(days=400))
        purge = partial(call_command, "purge_comments", "--yes", "--older-than=180", stdout=StringIO())
        assert not purged(lambda: purge("--status=SPAM"))
        assert purged(lambda: purge("--status=APPROVED")) >= {
            "/warm-stones/",
            f"/massage/comments/{page.pk}/replies/{root.uuid}/",
            f"/massage/comments/{page.pk}/comment/{reply.uuid}/",
            f"/api/massage/v1/pages/{page.pk}/comments/",
        }
        assert not VisitorComment.objects.filter(pk=reply.pk).exists()

    def test_of_a_policy_reach_all_that_is_below_and_nothing_beside(
        self, purged: Any, moderator: Any, now: Any, tree: dict[str, Page]
    ) -> None:
        alias = BlogPage.objects.get(pk=tree["answer"].pk).create_alias(
            parent=tree["home"], update_slug="same-answer"
        )
        section = Page.objects.get(pk=tree["section"].pk)
        paths = purged(lambda: actions.set_policy(page=section, policy=Policy.OFF, by=moderator, now=now))
        assert paths >= {
            "/section/article/",
            "/section/article/answer/",
            "/same-answer/",
            f"/massage/comments/{tree['answer'].pk}/",
            f"/massage/comments/{alias.pk}/feed/",
            f"/api/massage/v1/pages/{tree['article'].pk}/comment-policy/",
        }
        assert not paths & {"/section/", "/other/"}

    def test_name_the_root_of_a_reply(self, purged: Any, publish: Any, moderator: Any, now: Any) -> None:
        root = publish()
        reply = publish(parent=root)
        paths = purged(lambda: actions.hide(reply, by=moderator, now=now))
        assert f"/api/massage/v1/comments/{root.uuid}/replies/" in paths

    def test_reach_aliases_of_the_page(
        self, purged: Any, publish: Any, moderator: Any, now: Any, page: Page
    ) -> None:
        comment = publish()
        BlogPage.objects.get(pk=page.pk).create_alias(update_slug="same-stones")
        assert "/same-stones/" in purged(lambda: actions.hide(comment, by=moderator, now=now))

    def test_do_not_include_what_nobody_sees(self, purged: Any, say: Any, moderator: Any, now: Any) -> None:
        assert purged(lambda: actions.reject(say(), by=moderator, now=now)) == set()

    def test_of_a_deleted_page_purge_nothing(
        self, purged: Any, publish: Any, moderator: Any, now: Any, page: Page
    ) -> None:
        comment = publish()
        Page.objects.get(pk=page.pk).delete()
        comment = VisitorComment.objects.get(pk=comment.pk)
        assert purged(lambda: actions.erase(comment, by=moderator, now=now)) == set()


class TestWithoutFrontendCache:
    def test_nothing_is_asked(
        self,
        publish: Any,
        moderator: Any,
        now: Any,
        django_capture_on_commit_callbacks: Any,
        django_assert_num_queries: Any,
    ) -> None:
        comment = publish()
        PURGED.clear()
        with django_capture_on_commit_callbacks() as callbacks:
            actions.hide(comment, by=moderator, now=now)
        with django_assert_num_queries(0):
            for callback in callbacks:
                callback()
        assert PURGED == []
