"""Reports, pins, orders and places through the JSON API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from pydantic import TypeAdapter

from tests.comments.faces import API, comments_url, post_json
from tests.comments.test_reading import fill, queries_of, walk
from wagtail_massage.comments import actions
from wagtail_massage.comments.api import schemas
from wagtail_massage.comments.models import CommentReport, VisitorComment
from wagtail_massage.comments.states import Policy, ReportReason, Status
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory


@pytest.fixture(autouse=True)
def forgetful() -> Any:
    cache.clear()
    yield
    cache.clear()


def reports_url(comment: Any) -> str:
    return f"{API}comments/{comment.uuid}/reports/"


def place(client: Any, comment: Any, **parameters: Any) -> Any:
    return client.get(f"{API}comments/{comment.uuid}/place/", parameters)


def ids(comments: list[dict[str, Any]]) -> list[str]:
    return [comment["id"] for comment in comments]


class TestReport:
    def test_is_received_and_stored(self, client, page):
        comment = VisitorCommentFactory(page=page)
        response = post_json(client, reports_url(comment), {"reason": "PRIVATE", "note": "My number!"})
        assert (response.status_code, response.json()) == (202, {"received": True})
        stored = CommentReport.objects.get()
        assert (stored.comment, stored.reason, stored.note) == (comment, "PRIVATE", "My number!")

    def test_sounds_the_same_the_second_time_and_when_it_hides_the_comment(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_REPORT_THRESHOLD = 2
        comment = VisitorCommentFactory(page=page)
        answers = [
            post_json(client, reports_url(comment), {"reason": "SPAM"}, REMOTE_ADDR=address)
            for address in ("198.51.100.1", "198.51.100.1", "198.51.100.2")
        ]
        for answer in answers:
            del answer["RateLimit"]  # counts what this network has sent, whatever became of it
        assert len({(answer.status_code, answer.content, str(answer.headers)) for answer in answers}) == 1
        assert answers[0]["Cache-Control"] == "private, no-store"
        assert client.get(f"{API}comments/{comment.uuid}/").status_code == 404

    def test_knows_every_reason(self):
        reasons = schemas.MassageCommentReport.model_json_schema()["properties"]["reason"]["enum"]
        assert reasons == ReportReason.values

    @pytest.mark.parametrize(
        "body",
        [{}, {"reason": "BORING"}, {"reason": "SPAM", "note": "x" * 501}, {"reason": "SPAM", "by": "me"}],
        ids=["nothing", "no reason", "long note", "unknown field"],
    )
    def test_that_is_none_is_refused(self, client, page, body):
        response = post_json(client, reports_url(VisitorCommentFactory(page=page)), body)
        assert response.status_code == 422
        assert response.json()["type"] == "urn:wagtail-massage:problem:validation"

    def test_with_a_character_that_cannot_be_stored_is_refused(self, client, page):
        url = reports_url(VisitorCommentFactory(page=page))
        response = post_json(client, url, {"reason": "SPAM", "note": "a\x07"})
        assert (response.status_code, response.json()["errors"][0]["loc"]) == (422, ["body", "note"])

    @pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.REMOVED, Status.ERASED])
    def test_of_what_is_not_public_is_the_same_as_of_nothing(self, client, page, status):
        hidden = VisitorCommentFactory(page=page, status=status)
        nothing = client.get(f"{API}comments/00000000-0000-0000-0000-000000000000/").content
        response = post_json(client, reports_url(hidden), {"reason": "SPAM"})
        assert (response.status_code, response.content) == (404, nothing)

    def test_is_taken_where_comments_are_closed(self, client, page):
        comment = VisitorCommentFactory(page=page)
        CommentThreadFactory(page=page, policy=Policy.CLOSED)
        assert post_json(client, reports_url(comment), {"reason": "SPAM"}).status_code == 202

    def test_is_limited_for_each_network(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_REPORT_RATE = "2/d"
        comments = [VisitorCommentFactory(page=page) for _ in range(3)]
        answers = [post_json(client, reports_url(comment), {"reason": "SPAM"}) for comment in comments]
        assert [answer.status_code for answer in answers] == [202, 202, 429]
        assert int(answers[2]["Retry-After"]) > 0
        assert CommentReport.objects.count() == 2
        other = post_json(client, reports_url(comments[2]), {"reason": "SPAM"}, REMOTE_ADDR="203.0.113.9")
        assert other.status_code == 202

    def test_leaves_nothing_in_public(self, client, page):
        comment = VisitorCommentFactory(page=page)
        before = client.get(comments_url(page.pk)).content
        post_json(client, reports_url(comment), {"reason": "SPAM", "note": "Canary7"})
        assert client.get(comments_url(page.pk)).content == before


class TestPinned:
    def test_stands_before_the_first_part_and_in_its_own_place(self, client, page, moderator, now):
        first, second = VisitorCommentFactory(page=page), VisitorCommentFactory(page=page)
        VisitorCommentFactory(page=page, parent=second)
        actions.pin(second, by=moderator, now=now)
        part = client.get(comments_url(page.pk), {"limit": 1})
        TypeAdapter(schemas.MassageCommentThreadPart).validate_json(part.content, extra="forbid")
        part = part.json()
        assert (part["pinned"]["id"], part["pinned"]["replies"]) == (str(second.uuid), None)
        assert (ids(part["items"]), part["count"]) == ([str(first.uuid)], 3)
        rest = client.get(comments_url(page.pk), {"limit": 1, "cursor": part["next"]}).json()
        assert (rest["pinned"], ids(rest["items"])) == (None, [str(second.uuid)])

    @pytest.mark.parametrize("verb", [actions.hide, actions.remove, actions.mark_spam])
    def test_is_gone_as_soon_as_the_comment_is_not_public(self, client, page, moderator, now, verb):
        comment = VisitorCommentFactory(page=page)
        VisitorCommentFactory(page=page, parent=comment)
        actions.pin(comment, by=moderator, now=now)
        verb(comment, by=moderator, now=now)
        assert client.get(comments_url(page.pk)).json()["pinned"] is None

    def test_costs_a_query_only_where_there_is_one(self, client, page, moderator, now):
        comment = VisitorCommentFactory(page=page)
        without = queries_of(client, comments_url(page.pk))
        actions.pin(comment, by=moderator, now=now)
        assert queries_of(client, comments_url(page.pk)) == without + 1

    def test_changes_the_version_of_the_thread(self, page, moderator, now):
        comment = VisitorCommentFactory(page=page)
        before = comment.thread.version
        actions.pin(comment, by=moderator, now=now)
        actions.pin(comment, by=moderator, now=now)
        comment.thread.refresh_from_db()
        assert comment.thread.version > before
        assert comment.events.filter(verb="pin").count() == 1


class TestUnanswered:
    def test_leaves_out_what_has_a_public_reply(self, client, page):
        answered, first, second, held = [VisitorCommentFactory(page=page) for _ in range(4)]
        VisitorCommentFactory(page=page, parent=answered)
        VisitorCommentFactory(page=page, parent=held, status=Status.PENDING)
        found = walk(client, comments_url(page.pk), sort="unanswered", limit=1)
        assert ids(found) == [str(comment.uuid) for comment in (first, second, held)]

    def test_counts_the_whole_thread(self, client, page):
        VisitorCommentFactory(page=page, parent=VisitorCommentFactory(page=page))
        part = client.get(comments_url(page.pk), {"sort": "unanswered"}).json()
        assert (part["items"], part["count"]) == ([], 2)

    def test_goes_on_where_the_last_comment_shown_was_answered_meanwhile(self, client, page):
        first, second = VisitorCommentFactory(page=page), VisitorCommentFactory(page=page)
        part = client.get(comments_url(page.pk), {"sort": "unanswered", "limit": 1}).json()
        VisitorCommentFactory(page=page, parent=first)
        cursor = {"sort": "unanswered", "cursor": part["next"]}
        assert ids(client.get(comments_url(page.pk), cursor).json()["items"]) == [str(second.uuid)]

    @pytest.mark.parametrize("other", ["oldest", "newest"])
    def test_has_cursors_of_its_own(self, client, page, other):
        VisitorCommentFactory(page=page), VisitorCommentFactory(page=page)
        part = client.get(comments_url(page.pk), {"sort": "unanswered", "limit": 1}).json()
        response = client.get(comments_url(page.pk), {"sort": other, "cursor": part["next"]})
        assert response.status_code == 400


class TestPlace:
    @pytest.fixture(autouse=True)
    def small_parts(self, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 2
        settings.WAGTAIL_MASSAGE_COMMENTS_REPLIES_SHOWN = 2

    @pytest.mark.parametrize("sort", ["oldest", "newest"])
    def test_leads_to_every_root(self, client, page, sort):
        for comment in [VisitorCommentFactory(page=page) for _ in range(5)]:
            found = place(client, comment, sort=sort)
            TypeAdapter(schemas.MassageCommentPlace).validate_json(found.content, extra="forbid")
            found = found.json()
            assert (found["page"], found["root"]) == (page.pk, str(comment.uuid))
            assert found["replies_cursor"] is None
            query = {"sort": sort, **({"cursor": found["cursor"]} if found["cursor"] else {})}
            met = ids(client.get(comments_url(page.pk), query).json()["items"])
            assert met[0] == str(comment.uuid) if found["cursor"] else str(comment.uuid) in met

    @pytest.mark.parametrize("shown", [0, 2])
    def test_leads_to_every_reply(self, client, page, settings, shown):
        settings.WAGTAIL_MASSAGE_COMMENTS_REPLIES_SHOWN = shown
        root = VisitorCommentFactory(page=page)
        replies = [VisitorCommentFactory(page=page, parent=root) for _ in range(3)]
        replies.append(VisitorCommentFactory(page=page, parent=replies[0]))
        for comment in replies:
            found = place(client, comment).json()
            assert (found["root"], found["cursor"]) == (str(root.uuid), None)
            if found["replies_cursor"]:
                url = f"{API}comments/{root.uuid}/replies/"
                part = client.get(url, {"cursor": found["replies_cursor"]}).json()
                assert ids(part["items"])[0] == str(comment.uuid)
            else:
                came_along = client.get(comments_url(page.pk)).json()["items"][0]["replies"]["items"]
                assert str(comment.uuid) in ids(came_along)

    def test_is_not_there_for_what_is_not_public(self, client, page):
        hidden = VisitorCommentFactory(page=page, status=Status.PENDING)
        assert place(client, hidden).status_code == 404

    def test_knows_no_other_order(self, client, page):
        assert place(client, VisitorCommentFactory(page=page), sort="unanswered").status_code == 400

    def test_costs_the_same_in_a_long_thread(self, client, page, settings):
        fill(page, roots=30, replies=5)
        last = VisitorComment.objects.order_by("path").last()
        assert queries_of(client, f"{API}comments/{last.uuid}/place/") <= 5


class TestUsualWait:
    def test_is_told_with_a_policy_under_which_people_read_first(self, client, page, say, moderator):
        from django.utils import timezone

        for _ in range(5):
            comment = say()
            written = timezone.now() - timedelta(days=1)
            VisitorComment.objects.filter(pk=comment.pk).update(created_at=written)
            actions.approve(comment, by=moderator, now=written + timedelta(hours=3))
        url = f"{API}pages/{page.pk}/comment-policy/"
        assert client.get(url).json()["usual_wait"] == "Usually read within 3 hours."
        CommentThreadFactory(page=page, policy=Policy.POST)
        assert client.get(url).json()["usual_wait"] is None
