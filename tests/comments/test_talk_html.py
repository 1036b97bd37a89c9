"""Reports, pins, orders, permalinks and the feed as pages without scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone

from tests.comments.faces import form_url, good_token
from tests.comments.test_reading import fill, queries_of
from tests.projects.blog.models import BlogPage, PlainPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.models import CommentReport, VisitorComment
from wagtail_massage.comments.states import Policy, ReportReason, Status
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def forgetful() -> Any:
    cache.clear()
    yield
    cache.clear()


def parse(response: Any) -> Any:
    return html5lib.parse(response.content.decode(), treebuilder="etree", namespaceHTMLElements=False)


def links(response: Any) -> list[str]:
    return [link.get("href") for link in parse(response).iter("a")]


def articles(response: Any) -> list[str]:
    """Return the public ids of the comments that a page shows, in order; a pinned copy has none."""
    found = [article.get("id") for article in parse(response).iter("article")]
    return [name.removeprefix("comment-") for name in found if name]


def report_url(comment: Any) -> str:
    return f"{form_url(comment.page_id)}report/{comment.uuid}/"


def permalink(comment: Any) -> str:
    return f"{form_url(comment.page_id)}comment/{comment.uuid}/"


class TestReportForm:
    @pytest.fixture
    def comment(self, page):
        return VisitorCommentFactory(page=page, body="Buy cheap pills", author_name="Tilda")

    @pytest.fixture
    def send(self, client, page, comment):
        def run(**values: Any) -> Any:
            posted = {"reason": "SPAM", "form_token": good_token(page)} | values
            return client.post(report_url(comment), posted)

        return run

    def test_is_reached_from_the_comment(self, client, page, comment):
        assert report_url(comment) in links(client.get(page.url))

    def test_shows_the_comment_and_every_reason(self, client, comment):
        response = client.get(report_url(comment))
        assert "Buy cheap pills" in response.content.decode()
        radios = [field for field in parse(response).iter("input") if field.get("type") == "radio"]
        assert [radio.get("value") for radio in radios] == ReportReason.values
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies

    def test_stores_a_report_and_thanks(self, client, page, comment, send):
        response = send(note="An advert")
        assert (response.status_code, response.url) == (303, f"{form_url(page.pk)}reported/")
        assert "Thank you" in client.get(response.url).content.decode()
        assert (CommentReport.objects.get().reason, CommentReport.objects.get().note) == ("SPAM", "An advert")

    def test_thanks_for_the_second_report_as_for_the_first(self, send):
        answers = [send(), send()]
        assert {(answer.status_code, answer.url) for answer in answers} == {(303, answers[0].url)}
        assert CommentReport.objects.count() == 1

    def test_asks_for_a_reason(self, send):
        response = send(reason="", note="Keep this")
        assert response.status_code == 422
        assert "Please choose what is wrong with it." in response.content.decode()
        assert "Keep this" in response.content.decode()
        assert not CommentReport.objects.exists()

    @pytest.mark.parametrize("seconds", [0, 10**6], ids=["too young", "too old"])
    def test_asks_again_where_the_form_is_too_fresh_or_stale(self, page, send, seconds):
        response = send(form_token=good_token(page, seconds_ago=seconds), note="Keep this")
        assert response.status_code == 422
        assert "Keep this" in response.content.decode()
        assert not CommentReport.objects.exists()

    def test_does_not_take_the_token_of_another_page(self, home, send):
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        assert send(form_token=good_token(other)).status_code == 422

    def test_stores_nothing_of_who_fills_in_the_hidden_field(self, send):
        assert send(massage_extra="https://spam.example").status_code == 303
        assert not CommentReport.objects.exists()

    def test_keeps_the_words_when_something_is_wrong_with_them(self, send):
        response = send(note="a\x07b")
        assert response.status_code == 422
        assert "control character" in response.content.decode()

    def test_says_when_it_is_too_much(self, settings, send):
        settings.WAGTAIL_MASSAGE_COMMENTS_REPORT_RATE = "1/d"
        send()
        response = send(note="Keep this")
        assert (response.status_code, "Retry-After" in response.headers) == (429, True)
        assert "Keep this" in response.content.decode()

    def test_says_when_the_database_is_away(self, send, monkeypatch):
        def away(*args: Any, **kwargs: Any) -> None:
            raise OperationalError("gone")

        monkeypatch.setattr(actions, "report", away)
        response = send(note="Keep this")
        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert "Keep this" in response.content.decode()

    @pytest.mark.parametrize("status", [Status.PENDING, Status.REMOVED, Status.SPAM])
    def test_is_not_there_for_what_is_not_public(self, client, page, status):
        hidden = VisitorCommentFactory(page=page, status=status)
        VisitorCommentFactory(page=page, parent=hidden)
        assert client.get(report_url(hidden)).status_code == 404
        posted = {"reason": "SPAM", "form_token": good_token(page)}
        assert client.post(report_url(hidden), posted).status_code == 404

    def test_is_not_there_on_another_page(self, client, home, comment):
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        assert client.get(f"{form_url(other.pk)}report/{comment.uuid}/").status_code == 404

    def test_shows_markup_in_the_words_as_typed(self, send):
        html = send(reason="", note="</textarea><script>alert(1)</script>").content.decode()
        assert "<script>alert" not in html


class TestPinned:
    def test_stands_on_top_with_a_label_and_once_by_its_id(self, client, page, moderator, now):
        first, second = VisitorCommentFactory(page=page), VisitorCommentFactory(page=page)
        actions.pin(second, by=moderator, now=now)
        response = client.get(page.url)
        top = next(parse(response).iter("article"))
        text = "".join(top.itertext())
        assert second.body in text
        assert "Pinned" in text
        assert articles(response) == [str(first.uuid), str(second.uuid)]

    def test_is_not_repeated_on_later_parts(self, client, page, settings, moderator, now):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 1
        first, _second = VisitorCommentFactory(page=page), VisitorCommentFactory(page=page)
        actions.pin(first, by=moderator, now=now)
        more = next(link for link in links(client.get(page.url)) if "cursor=" in link)
        assert first.body not in client.get(more).content.decode()


class TestSorts:
    def test_are_links_below_which_robots_do_not_look(self, client, page):
        VisitorCommentFactory(page=page), VisitorCommentFactory(page=page)
        found = [link for link in links(client.get(page.url)) if "sort=" in link]
        assert [link.partition("sort=")[2] for link in found] == ["oldest", "newest", "unanswered"]
        assert client.get(found[1])["X-Robots-Tag"] == "noindex"

    def test_are_left_out_where_there_is_nothing_to_sort(self, client, page):
        VisitorCommentFactory(page=page)
        assert not [link for link in links(client.get(page.url)) if "sort=" in link]

    def test_hold_on_later_parts(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 1
        comments = [VisitorCommentFactory(page=page) for _ in range(3)]
        url, met = f"{form_url(page.pk)}?sort=newest", []
        while url:
            response = client.get(url)
            met += articles(response)
            url = next((link for link in links(response) if "cursor=" in link), None)
        assert met == [str(comment.uuid) for comment in reversed(comments)]

    def test_say_so_when_everything_is_answered(self, client, page):
        VisitorCommentFactory(page=page, parent=VisitorCommentFactory(page=page))
        html = client.get(f"{form_url(page.pk)}?sort=unanswered").content.decode()
        assert "Every comment here has an answer." in html

    @pytest.mark.parametrize("query", ["sort=banana", "sort=", "sort=newest&cursor=x"])
    def test_that_do_not_exist_are_refused(self, client, page, query):
        assert client.get(f"{form_url(page.pk)}?{query}").status_code == 400


class TestPermalink:
    def test_shows_the_way_down_the_comment_and_what_follows(self, client, page):
        root = VisitorCommentFactory(page=page)
        before = VisitorCommentFactory(page=page, parent=root)
        above = VisitorCommentFactory(page=page, parent=root)
        here = VisitorCommentFactory(page=page, parent=above)
        below = VisitorCommentFactory(page=page, parent=here)
        after = VisitorCommentFactory(page=page, parent=root)
        other = VisitorCommentFactory(page=page)
        response = client.get(permalink(here))
        assert articles(response) == [str(comment.uuid) for comment in (root, above, here, below, after)]
        assert before.body not in response.content.decode()
        assert other.body not in response.content.decode()

    def test_marks_the_comment(self, client, page):
        root = VisitorCommentFactory(page=page)
        here = VisitorCommentFactory(page=page, parent=root)
        marked = [a for a in parse(client.get(permalink(here))).iter("article") if a.get("aria-current")]
        assert [article.get("id") for article in marked] == [f"comment-{here.uuid}"]

    def test_leads_to_the_rest_and_back_to_the_page(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 2
        root = VisitorCommentFactory(page=page)
        replies = [VisitorCommentFactory(page=page, parent=root) for _ in range(4)]
        response = client.get(permalink(replies[0]))
        assert f"{page.url}#comments" in links(response)
        more = next(link for link in links(response) if "cursor=" in link)
        assert articles(client.get(more)) == [str(comment.uuid) for comment in replies[2:]]

    def test_leads_to_what_a_deep_comment_answers_wherever_that_stands(self, client, page):
        above = VisitorCommentFactory(page=page)
        target, here = (VisitorCommentFactory(page=page, parent=above) for _ in range(2))
        VisitorComment.objects.filter(pk=here.pk).update(in_reply_to=target)  # as at the deepest level
        assert f"#comment-{target.uuid}" in links(client.get(page.url))
        (elsewhere,) = [link for link in links(client.get(permalink(here))) if str(target.uuid) in link]
        assert articles(client.get(elsewhere)) == [str(above.uuid), str(target.uuid), str(here.uuid)]

    def test_of_a_removed_comment_shows_its_replies(self, client, page):
        gone = VisitorCommentFactory(page=page, status=Status.REMOVED, body="Unspeakable")
        reply = VisitorCommentFactory(page=page, parent=gone)
        response = client.get(permalink(gone))
        assert articles(response) == [str(gone.uuid), str(reply.uuid)]
        assert "Unspeakable" not in response.content.decode()

    def test_is_not_there_for_what_is_not_public(self, client, page, home):
        hidden = VisitorCommentFactory(page=page, status=Status.PENDING)
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        elsewhere = VisitorCommentFactory(page=other)
        assert client.get(permalink(hidden)).status_code == 404
        assert client.get(f"{form_url(page.pk)}comment/{elsewhere.uuid}/").status_code == 404

    def test_costs_the_same_in_a_long_thread(self, client, page):
        fill(page, roots=2, replies=3)
        short = queries_of(client, permalink(VisitorComment.objects.filter(depth=2).first()))
        for depth in (2, 1):
            VisitorComment.objects.filter(depth=depth).delete()
        page.refresh_from_db()
        from wagtail_massage.comments.models import CommentThread

        CommentThread.objects.all().delete()
        fill(page, roots=20, replies=40)
        assert queries_of(client, permalink(VisitorComment.objects.filter(depth=2).first())) == short <= 6


class TestFeed:
    def read(self, client: Any, page: Any) -> Any:
        response = client.get(f"{form_url(page.pk)}feed/")
        assert response.status_code == 200
        return ElementTree.fromstring(response.content)

    def test_holds_the_newest_comments_with_stable_ids(self, client, page):
        comments = [VisitorCommentFactory(page=page, author_name=f"Ida {number}") for number in range(32)]
        feed = self.read(client, page)
        assert feed.find(f"{ATOM}title").text == "Comments on “Warm stones”"
        entries = feed.findall(f"{ATOM}entry")
        newest = [f"urn:uuid:{comment.uuid}" for comment in reversed(comments[2:])]
        assert [entry.find(f"{ATOM}id").text for entry in entries] == newest
        assert entries[0].find(f"{ATOM}author/{ATOM}name").text == "Ida 31"
        alternate = f"http://testserver{permalink(comments[-1])}"
        assert entries[0].find(f"{ATOM}link").get("href") == alternate

    def test_has_absolute_links_to_itself_and_to_the_page(self, client, page):
        found = {link.get("rel"): link.get("href") for link in self.read(client, page).findall(f"{ATOM}link")}
        assert found["self"] == f"http://testserver{form_url(page.pk)}feed/"
        assert found["alternate"].endswith(f"{page.url}#comments")
        assert found["alternate"].startswith("http://")

    def test_escapes_what_visitors_write(self, client, page):
        VisitorCommentFactory(page=page, author_name="<b>Ida", body="<script>alert(1)</script>\n\nTwo & more")
        entry = self.read(client, page).find(f"{ATOM}entry")
        summary = entry.find(f"{ATOM}summary")
        assert summary.get("type") == "html"
        assert summary.text == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>Two &amp; more</p>"
        assert entry.find(f"{ATOM}author/{ATOM}name").text == "<b>Ida"

    def test_tells_when_a_comment_was_edited(self, client, page, moderator, now):
        comment = VisitorCommentFactory(page=page)
        actions.edit(comment, body="Better said", by=moderator, now=now)
        assert self.read(client, page).find(f"{ATOM}entry/{ATOM}updated").text == now.isoformat()
        assert self.read(client, page).find(f"{ATOM}updated").text == now.isoformat()

    def test_holds_no_tombstones_and_nothing_hidden(self, client, page):
        gone = VisitorCommentFactory(page=page, status=Status.REMOVED)
        reply = VisitorCommentFactory(page=page, parent=gone)
        VisitorCommentFactory(page=page, status=Status.PENDING)
        ids = [entry.text for entry in self.read(client, page).iter(f"{ATOM}id")][1:]
        assert ids == [f"urn:uuid:{reply.uuid}"]

    def test_is_the_same_for_everybody_and_kept_by_caches(self, client, page, admin_client):
        VisitorCommentFactory(page=page)
        url = f"{form_url(page.pk)}feed/"
        response = client.get(url)
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert response["Cache-Control"] == "public, s-maxage=60"
        assert "Cookie" not in response.get("Vary", "")
        assert admin_client.get(url).content == response.content
        assert client.get(url, headers={"accept-language": "de"}).content == response.content

    def test_of_no_comments_has_the_same_bytes_tomorrow(self, client, page, monkeypatch):
        url = f"{form_url(page.pk)}feed/"
        today = client.get(url).content
        tomorrow = timezone.now() + timedelta(days=1)
        monkeypatch.setattr(timezone, "now", lambda: tomorrow)
        assert client.get(url).content == today

    def test_costs_at_most_four_queries_and_one_where_nothing_is_new(
        self, client, page, moderator, now, django_assert_num_queries
    ):
        fill(page, roots=3, replies=0)
        url = f"{form_url(page.pk)}feed/"
        assert queries_of(client, url) <= 4
        seen = {"If-None-Match": client.get(url)["ETag"]}
        with django_assert_num_queries(1):
            assert client.get(url, headers=seen).status_code == 304
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        assert client.get(url, headers=seen).status_code == 200

    def test_is_not_there_where_the_public_has_nothing_to_read(self, client, page, home):
        plain = home.add_child(instance=PlainPage(title="Plain", slug="plain"))
        draft = home.add_child(instance=BlogPage(title="Draft", slug="draft", live=False))
        off = home.add_child(instance=BlogPage(title="Off", slug="off"))
        CommentThreadFactory(page=off, policy=Policy.OFF)
        for hidden in (plain, draft, off):
            assert client.get(f"{form_url(hidden.pk)}feed/").status_code == 404

    def test_is_linked_below_the_comments(self, client, page):
        VisitorCommentFactory(page=page)
        assert f"{form_url(page.pk)}feed/" in links(client.get(page.url))


class TestUsualWait:
    def test_stands_beside_the_form_and_on_the_thanks(self, client, page, say, moderator):
        for _ in range(5):
            comment = say()
            written = timezone.now() - timedelta(days=1)
            VisitorComment.objects.filter(pk=comment.pk).update(created_at=written)
            actions.approve(comment, by=moderator, now=written + timedelta(hours=3))
        assert "Usually read within 3 hours." in client.get(page.url).content.decode()
        waiting = say("Still waiting")
        thanks = f"{form_url(page.pk)}thanks/{waiting.uuid}/"
        assert "Usually read within 3 hours." in client.get(thanks).content.decode()
        CommentThreadFactory(page=page, policy=Policy.POST)
        assert "Usually read" not in client.get(page.url).content.decode()
