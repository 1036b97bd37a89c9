"""What happens at the same moment, with real threads and locks: nothing lost, nothing twice, counters right."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction
from wagtail.models import Locale, Page, Site

from tests.comments.conftest import NOW
from tests.comments.waiting import started
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.comments.threads import lock_page, lock_thread

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="threads need locks: make postgres, make mariadb"
    ),
]


@pytest.fixture
def live_page(settings: Any) -> Page:
    """A page that a transactional test makes from nothing, for its database is emptied afterwards."""
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"
    settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_RATE = "1000/s"
    Locale.objects.get_or_create(language_code="en")
    root = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="Root", slug="root"))
    page = root.add_child(instance=BlogPage(title="Warm stones", slug="warm-stones"))
    Site.objects.get_or_create(hostname="localhost", defaults={"root_page": page, "is_default_site": True})
    return Page.objects.get(pk=page.pk)


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Run `act(0)` to `act(count - 1)` in threads that start together; return results, exceptions among them."""
    gate = threading.Barrier(count)
    results: list[Any] = [None] * count

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = act(number)
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class TestAtOnce:
    @pytest.mark.parametrize("key", ["", "k-1"], ids=["no key", "one key"])
    def test_twenty_equal_posts_are_stored_once(self, live_page, key):
        draft = Draft(body="It was lovely.", author_name="Wren A.")
        origin = Origin(idempotency_key=key)
        done = at_once(20, lambda _n: actions.submit(page=live_page, draft=draft, origin=origin, now=NOW))
        assert {submission.comment.uuid for submission in done} == {VisitorComment.objects.get().uuid}
        assert sum(submission.is_new for submission in done) == 1
        assert CommentThread.objects.get().pending_count == 1

    def test_approve_against_reject_lets_one_win(self, live_page):
        user = get_user_model().objects.create_superuser("mona", "mona@example.com", "x")
        for round_ in range(10):
            draft = Draft(body=f"Round {round_}", author_name="Wren")
            pk = actions.submit(page=live_page, draft=draft, origin=Origin(), now=NOW).comment.pk
            seen = [VisitorComment.objects.get(pk=pk) for _ in range(2)]
            verbs = [actions.approve, actions.reject]
            done = at_once(2, lambda n, seen=seen, verbs=verbs: verbs[n](seen[n], by=user, now=NOW))
            assert sorted(type(result).__name__ for result in done) == ["StaleState", "VisitorComment"]
        thread = CommentThread.objects.get()
        assert thread.approved_count + thread.rejected_count == 10
        assert thread.visible_count == VisitorComment.objects.counted().count() == thread.approved_count
        assert ModerationEvent.objects.exclude(verb="submit").count() == 10

    def test_twenty_replies_all_find_a_place(self, live_page):
        user = get_user_model().objects.create_superuser("mona", "mona@example.com", "x")
        actions.set_policy(page=live_page, policy=Policy.POST, by=user, now=NOW)
        root = actions.submit(
            page=live_page, draft=Draft(body="Root", author_name="Wren"), origin=Origin(token="GOOD"), now=NOW
        ).comment

        def reply(number: int) -> Any:
            draft = Draft(body=f"Reply {number}", author_name="Finch", parent=root.uuid)
            return actions.submit(page=live_page, draft=draft, origin=Origin(token="GOOD"), now=NOW)

        assert len({submission.comment.path for submission in at_once(20, reply)}) == 20
        root.refresh_from_db()
        assert root.reply_count == 20
        assert CommentThread.objects.get().visible_count == 21

    def test_nothing_is_stored_after_the_page_was_closed(self, live_page):
        user = get_user_model().objects.create_superuser("mona", "mona@example.com", "x")

        def act(number: int) -> Any:
            if number == 5:
                return actions.set_policy(page=live_page, policy=Policy.CLOSED, by=user, now=NOW)
            draft = Draft(body=f"Number {number}", author_name="Wren")
            return actions.submit(page=live_page, draft=draft, origin=Origin(), now=NOW)

        done = at_once(10, act)
        stored = [result for result in done if isinstance(result, actions.Submission)]
        refused = [result for result in done if isinstance(result, actions.Closed)]
        assert len(stored) + len(refused) == 9
        assert CommentThread.objects.get().pending_count == VisitorComment.objects.count() == len(stored)

    def test_replies_to_a_comment_that_is_removed_midway_are_kept_or_refused(self, live_page):
        user = get_user_model().objects.create_superuser("mona", "mona@example.com", "x")
        actions.set_policy(page=live_page, policy=Policy.OPEN, by=user, now=NOW)
        root = actions.submit(
            page=live_page, draft=Draft(body="Root", author_name="Wren"), origin=Origin(token="GOOD"), now=NOW
        ).comment

        def act(number: int) -> Any:
            if number == 5:
                return actions.remove(VisitorComment.objects.get(pk=root.pk), by=user, now=NOW)
            draft = Draft(body=f"Reply {number}", author_name="Finch", parent=root.uuid)
            return actions.submit(page=live_page, draft=draft, origin=Origin(token="GOOD"), now=NOW)

        done = at_once(12, act)
        stored = [result for result in done if isinstance(result, actions.Submission)]
        refused = [result for result in done if isinstance(result, actions.Refused)]
        assert len(stored) + len(refused) == 11, done
        root.refresh_from_db()
        assert root.status == Status.REMOVED
        assert root.is_visible == bool(stored)
        assert root.reply_count == CommentThread.objects.get().visible_count == len(stored)
        assert VisitorComment.objects.counted().count() == len(stored)

    def test_a_page_that_is_deleted_midway_loses_no_comment_that_was_taken(self, live_page):
        other = live_page.get_parent().add_child(instance=BlogPage(title="Other", slug="other"))
        other = Page.objects.get(pk=other.pk)

        def act(number: int) -> Any:
            if number == 5:
                return Page.objects.get(pk=other.pk).delete()
            draft = Draft(body=f"Number {number}", author_name="Wren")
            return actions.submit(page=other, draft=draft, origin=Origin(), now=NOW)

        done = at_once(12, act)
        stored = [result for result in done if isinstance(result, actions.Submission)]
        refused = [result for result in done if isinstance(result, actions.NotCommentable)]
        assert len(stored) + len(refused) == 11, done
        is_gone = not Page.objects.filter(pk=other.pk).exists()
        assert is_gone or connection.vendor == "mysql"  # MariaDB may end the deletion in favour of a post
        assert VisitorComment.objects.filter(page=None).count() == is_gone * len(stored)
        assert VisitorComment.objects.count() == len(stored)
        assert sum(CommentThread.objects.values_list("pending_count", flat=True)) == len(stored)
        assert not VisitorComment.objects.public().exists()

    def test_nothing_is_taken_for_a_page_that_is_gone(self, live_page):
        other = live_page.get_parent().add_child(instance=BlogPage(title="Other", slug="other"))
        other = Page.objects.get(pk=other.pk)
        Page.objects.get(pk=other.pk).delete()
        with pytest.raises(actions.NotCommentable):
            actions.submit(page=other, draft=Draft(body="Late", author_name="Wren"), origin=Origin(), now=NOW)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="looks at PostgreSQL's locks: make postgres")
class TestLocks:
    """Page and thread are locked in an order in which nobody waits in a circle."""

    def test_who_holds_the_thread_writes_while_the_page_is_being_deleted(self, live_page):
        draft = Draft(body="First", author_name="Wren")
        actions.submit(page=live_page, draft=draft, origin=Origin(), now=NOW)
        with transaction.atomic():
            lock_thread(live_page)
            deletion, deleted = started(lambda: Page.objects.get(pk=live_page.pk).delete())
            draft = Draft(body="Second", author_name="Wren")
            assert actions.submit(page=live_page, draft=draft, origin=Origin(), now=NOW).is_new
        deletion.join()
        assert deleted[0][0] > 0
        assert VisitorComment.objects.filter(page=None).count() == 2

    def test_who_came_late_to_begin_a_thread_keeps_nobody_from_writing_there(self, live_page):
        def submit(body: str) -> Any:
            draft = Draft(body=body, author_name="Wren")
            return actions.submit(page=live_page, draft=draft, origin=Origin(), now=NOW)

        submit("First")
        with transaction.atomic():
            lock_page(live_page)  # it saw no thread a moment ago
            writer, written = started(lambda: submit("Second"))
            assert written and written[0].is_new
            lock_thread(live_page)
        writer.join()
        assert CommentThread.objects.get().pending_count == 2
