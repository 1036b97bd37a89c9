"""The HTML face of comments: pages that work without scripts, on a page that may be a week old."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.comments.faces import FIELDS, form_url, good_token
from tests.projects.blog.models import BlogPage, PlainPage
from wagtail_massage import slots
from wagtail_massage.comments import actions, receipts
from wagtail_massage.comments.models import CommentVerdict, VisitorComment
from wagtail_massage.comments.states import Policy, Status
from wagtail_massage.comments.text import body_html
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

pytestmark = pytest.mark.contract


@pytest.fixture
def url(page):
    return form_url(page.pk)


def parse(response):
    return html5lib.parse(response.content.decode(), treebuilder="etree", namespaceHTMLElements=False)


def by_id(tree, name):
    found = [element for element in tree.iter() if element.get("id") == name]
    assert len(found) == 1, f"{len(found)} elements with the id {name}"
    return found[0]


def inputs(response):
    """Return what the form of an answer would send."""
    tree = parse(response)
    values = {field.get("name"): field.get("value", "") for field in tree.iter("input")}
    return values | {area.get("name"): (area.text or "").lstrip("\n") for area in tree.iter("textarea")}


def send(client, url, page, **values):
    return client.post(url, FIELDS | {"form_token": good_token(page)} | values)


class TestSection:
    def test_is_printed_by_the_slot_of_a_page(self, client, page):
        VisitorCommentFactory(page=page, body="So calm.")
        shown = client.get(page.url).content.decode()
        assert "So calm." in shown
        assert f'action="{form_url(page.pk)}"' in shown

    def test_is_printed_by_the_tag(self, page, rf):
        template = Template("{% load wagtail_massage_comments %}{% massage_comments page %}")
        assert "No comments yet." in template.render(Context({"page": page, "request": rf.get("/")}))
        assert "No comments yet." in template.render(Context({"page": page}))

    def test_is_not_printed_on_pages_that_take_no_comments(self, client, home, page):
        plain = home.add_child(instance=PlainPage(title="Plain", slug="plain"))
        CommentThreadFactory(page=page, policy=Policy.OFF)
        for address in (plain.url, page.url):
            assert "massage-comments" not in client.get(address).content.decode()

    def test_is_not_printed_in_the_preview_of_a_page_that_was_never_saved(self, home):
        unsaved = BlogPage(title="New", slug="new")
        response = unsaved.make_preview_request(preview_mode=unsaved.default_preview_mode)
        assert response.status_code == 200
        assert "massage-comments" not in response.content.decode()

    def test_is_printed_in_the_preview_of_a_live_page(self, page):
        response = page.specific.make_preview_request()
        assert "massage-comments" in response.content.decode()

    @pytest.mark.parametrize("nobody", [None, "", 0])
    def test_is_not_printed_for_no_page(self, db, nobody):
        assert "massage-comments" not in slots.render("page_end", context={}, page=nobody)

    def test_is_the_same_for_everybody(self, client, page, moderator):
        VisitorCommentFactory(page=page)
        request = RequestFactory().get("/")
        request.user = moderator
        anonymous = slots.render("page_end", context={"request": RequestFactory().get("/")}, page=page)
        signed_in = slots.render("page_end", context={"request": request}, page=page)
        assert without_token(anonymous) == without_token(signed_in)
        assert "csrf" not in anonymous

    def test_nests_replies_below_what_they_answer(self, client, page):
        question = VisitorCommentFactory(page=page)
        answer = VisitorCommentFactory(page=page, parent=question)
        tree = parse(client.get(page.url))
        item = next(
            li for li in tree.iter("li") if li.find("article").get("id") == f"comment-{question.uuid}"
        )
        assert item.find("ol/li/article").get("id") == f"comment-{answer.uuid}"

    def test_links_every_comment_to_a_page_of_its_own(self, client, page):
        comment = VisitorCommentFactory(page=page)
        tree = parse(client.get(page.url))
        article = by_id(tree, f"comment-{comment.uuid}")
        assert f"{form_url(page.pk)}comment/{comment.uuid}/" in [
            link.get("href") for link in article.iter("a")
        ]
        assert article.find(".//time").get("datetime") == comment.created_at.isoformat()

    def test_shows_a_tombstone_without_name_and_text(self, client, page):
        gone = VisitorCommentFactory(page=page, status=Status.REMOVED, author_name="Ash", body="Secret")
        VisitorCommentFactory(page=page, parent=gone)
        article = by_id(parse(client.get(page.url)), f"comment-{gone.uuid}")
        assert " ".join("".join(article.itertext()).split()) == "This comment was removed."

    def test_counts_without_tombstones(self, client, page):
        gone = VisitorCommentFactory(page=page, status=Status.REMOVED)
        VisitorCommentFactory(page=page, parent=gone)
        heading = by_id(parse(client.get(page.url)), "massage-comments-heading")
        assert heading.text.strip() == "1 comment"

    def test_says_that_comments_are_closed(self, client, page):
        CommentThreadFactory(page=page, policy=Policy.CLOSED)
        shown = client.get(page.url).content.decode()
        assert "Comments on this page are closed." in shown
        assert "<form" not in shown

    def test_takes_three_queries_more_than_the_page(self, client, page, django_assert_num_queries, rf):
        for _ in range(3):
            VisitorCommentFactory(page=page, parent=VisitorCommentFactory(page=page))
        request = rf.get("/")
        slots.render("page_end", context={"request": request}, page=page)
        with django_assert_num_queries(3):
            slots.render("page_end", context={"request": request}, page=page)


def without_token(html):
    start = html.index('name="form_token"')
    return html[:start] + html[html.index(">", start) :]


class TestForm:
    def test_labels_every_field(self, client, page):
        tree = parse(client.get(page.url))
        labels = {label.get("for") for label in tree.iter("label")}
        fields = [
            field for field in [*tree.iter("input"), *tree.iter("textarea")] if field.get("type") != "hidden"
        ]
        assert {field.get("id") for field in fields} == labels

    def test_hides_the_trap_from_people(self, client, page):
        tree = parse(client.get(page.url))
        trap = next(field for field in tree.iter("input") if field.get("name") == "massage_extra")
        assert (trap.get("tabindex"), trap.get("autocomplete")) == ("-1", "off")
        around = next(div for div in tree.iter("div") if trap in list(div))
        assert around.get("aria-hidden") == "true"

    def test_describes_a_wrong_field_by_its_error(self, client, page, url):
        response = send(client, url, page, author_email="nobody", body="Kept as it was.")
        tree = parse(response)
        field = by_id(tree, "massage-comment-author_email")
        described = [by_id(tree, name) for name in field.get("aria-describedby").split()]
        assert "does not look like an e-mail address" in "".join(described[-1].itertext())
        assert field.get("aria-invalid") == "true"
        assert inputs(response)["body"] == "Kept as it was."

    def test_gives_the_focus_to_the_summary_of_errors(self, client, page, url):
        tree = parse(send(client, url, page, author_name="", body=""))
        summary = next(div for div in tree.iter("div") if div.get("autofocus") is not None)
        links = {link.get("href") for link in summary.iter("a")}
        assert links == {"#massage-comment-author_name", "#massage-comment-body"}
        assert summary.get("tabindex") == "-1"

    @pytest.mark.parametrize("body", ["x" * 100_000, "a\x07b", "  <b>&amp;\n\n\nend  "])
    def test_keeps_the_text_whatever_it_is(self, client, page, url, body):
        response = send(client, url, page, author_name="", body=body)
        assert response.status_code == 422
        assert response.context["form"]["body"].value() == body

    def test_keeps_the_text_when_throttled(self, client, page, url, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1/h"
        send(client, url, page)
        response = send(client, url, page, body="One more thing.")
        assert response.status_code == 429
        assert inputs(response)["body"] == "One more thing."

    def test_keeps_the_text_when_closed_meanwhile(self, client, page, url):
        CommentThreadFactory(page=page, policy=Policy.CLOSED)
        response = send(client, url, page, body="Too late, alas.")
        assert response.status_code == 403
        assert by_id(parse(response), "massage-comment-body").text == "Too late, alas."

    def test_keeps_the_text_when_the_database_is_away(self, client, page, url, monkeypatch):
        def fail(**values):
            raise OperationalError("the server is gone")

        monkeypatch.setattr(actions, "submit", fail)
        response = send(client, url, page, body="Still here.")
        assert (response.status_code, response["Retry-After"]) == (503, "5")
        assert inputs(response)["body"] == "Still here."

    def test_turns_an_answer_to_nothing_into_a_comment_of_its_own(self, client, page, url):
        parent = VisitorCommentFactory(page=page, status=Status.REMOVED)
        response = send(client, url, page, parent=str(parent.uuid))
        assert response.status_code == 422
        assert inputs(response)["parent"] == ""
        assert "no longer there" in response.content.decode()

    def test_stores_what_fell_into_the_trap_as_spam(self, client, page, url):
        response = send(client, url, page, massage_extra="http://example.com")
        assert response.status_code == 303
        assert VisitorComment.objects.get().status == "SPAM"


class TestCheckAndSend:
    @pytest.fixture(params=["missing", "made up", "too young", "too old", "of another page"])
    def token(self, request, page, home, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 600  # so that "too young" is so on a slow machine too
        return {
            "missing": "",
            "made up": "nonsense",
            "too young": good_token(page, seconds_ago=1),
            "too old": good_token(page, seconds_ago=7 * 24 * 3600),
            "of another page": good_token(home),
        }[request.param]

    def test_follows_a_token_that_proves_nothing(self, client, page, url, token):
        response = send(client, url, page, form_token=token, body="Kept <as> it was.")
        assert response.status_code == 422
        assert "Check and send" in response.content.decode()
        assert inputs(response)["body"] == "Kept <as> it was."
        assert not VisitorComment.objects.exists()

    def test_sends_what_was_seen_there(self, client, page, url, token):
        checked = inputs(send(client, url, page, form_token=token))
        response = client.post(url, checked)
        assert response.status_code == 303
        verdicts = CommentVerdict.objects.filter(reason="second_step")
        assert verdicts.get().comment == VisitorComment.objects.get()

    def test_is_asked_again_for_another_text_sent_at_once(self, client, page, url):
        checked = inputs(send(client, url, page, form_token=""))
        response = client.post(url, checked | {"body": "Something else altogether."})
        assert response.status_code == 422
        assert not VisitorComment.objects.exists()

    def test_takes_another_text_that_took_its_time(self, client, page, url):
        checked = inputs(send(client, url, page, form_token=""))
        response = client.post(url, checked | {"body": "Thought over.", "form_token": good_token(page)})
        assert response.status_code == 303

    def test_of_one_page_is_worth_nothing_on_another(self, client, page, url, home):
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        checked = inputs(send(client, url, page, form_token=""))
        assert client.post(form_url(other.pk), checked).status_code == 422

    def test_tapped_twice_stores_once(self, client, page, url):
        checked = inputs(send(client, url, page, form_token=""))
        answers = [client.post(url, checked) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 303]
        for answer in answers:  # a browser shows only the last of them, so both lead to the author's page
            token = answer["Location"].split("/")[-2]
            assert receipts.find_own(token) == VisitorComment.objects.get()
        assert VisitorComment.objects.count() == 1

    def test_follows_a_page_that_was_cached_for_a_week(self, client, page, url, monkeypatch):
        week_ago = timezone.now() - timedelta(days=7)
        monkeypatch.setattr("wagtail_massage.comments.presenting.timezone.now", lambda: week_ago)
        cached = inputs(client.get(page.url))
        monkeypatch.undo()
        checked = client.post(url, cached | FIELDS)
        assert checked.status_code == 422
        assert client.post(url, inputs(checked)).status_code == 303
        assert VisitorComment.objects.get().body == FIELDS["body"]


class TestThanks:
    def test_says_that_a_comment_waits(self, client, page, url):
        send(client, url, page)
        response = client.get(f"{url}thanks/{VisitorComment.objects.get().uuid}/")
        assert "A moderator reads it before it appears on the page." in response.content.decode()
        assert f'href="{page.url}#comments"' in response.content.decode()

    def test_says_that_a_comment_is_public(self, client, page, url, moderator, now):
        send(client, url, page)
        address = f"{url}thanks/{VisitorComment.objects.get().uuid}/"
        actions.approve(VisitorComment.objects.get(), by=moderator, now=now)
        assert "It is public now." in client.get(address).content.decode()

    def test_says_of_spam_and_of_nothing_that_it_waits(self, client, page, url):
        send(client, url, page, massage_extra="x")
        spam = client.get(f"{url}thanks/{VisitorComment.objects.get().uuid}/")
        nothing = client.get(f"{url}thanks/6c8b1d1e-8d3c-4ab5-9d0e-0d5f4f0f4b5e/")
        assert spam.content == nothing.content


class TestReply:
    def test_shows_the_comment_above_its_form(self, client, page, url):
        question = VisitorCommentFactory(page=page, body="Does it hurt?")
        article = by_id(parse(client.get(page.url)), f"comment-{question.uuid}")
        link = next(link.get("href") for link in article.iter("a") if "/reply/" in link.get("href"))
        response = client.get(link)
        assert "Does it hurt?" in response.content.decode()
        assert inputs(response)["parent"] == str(question.uuid)

    def test_is_not_offered_for_a_comment_of_another_page(self, client, page, home):
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        foreign = VisitorCommentFactory(page=other)
        for step in ("reply", "replies"):
            assert client.get(f"{form_url(page.pk)}{step}/{foreign.uuid}/").status_code == 404

    @pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.REMOVED])
    def test_is_not_offered_for_a_comment_that_is_not_public(self, client, page, url, status):
        hidden = VisitorCommentFactory(page=page, status=status)
        assert client.get(f"{url}reply/{hidden.uuid}/").status_code == 404

    def test_is_not_offered_for_a_tombstone(self, client, page, url):
        gone = VisitorCommentFactory(page=page, status=Status.REMOVED)
        VisitorCommentFactory(page=page, parent=gone)
        assert client.get(f"{url}reply/{gone.uuid}/").status_code == 404


class TestMore:
    def test_comments_stand_behind_a_link(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 2
        comments = [VisitorCommentFactory(page=page) for _ in range(5)]
        address, seen = page.url, []
        while address:
            tree = parse(client.get(address))
            seen += [a.get("id") for a in tree.iter("article")]
            more = [a.get("href") for a in tree.iter("a") if "More comments" in "".join(a.itertext())]
            address = more[0] if more else None
        assert seen == [f"comment-{comment.uuid}" for comment in comments]

    def test_replies_stand_behind_a_link(self, client, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_REPLIES_SHOWN = 1
        question = VisitorCommentFactory(page=page)
        replies = [VisitorCommentFactory(page=page, parent=question) for _ in range(3)]
        tree = parse(client.get(page.url))
        link = next(a.get("href") for a in tree.iter("a") if "More replies" in "".join(a.itertext()))
        rest = [a.get("id") for a in parse(client.get(link)).iter("article")]
        assert rest == [f"comment-{reply.uuid}" for reply in replies[1:]]

    @pytest.mark.parametrize("cursor", ["nonsense", "\x00", "x" * 5_000])
    def test_behind_a_broken_link_is_a_clear_answer(self, client, page, url, cursor):
        comment = VisitorCommentFactory(page=page)
        for address in (url, f"{url}replies/{comment.uuid}/"):
            response = client.get(address, {"cursor": cursor})
            assert response.status_code == 400
            assert "This link does not work any more." in response.content.decode()


class TestAnyPageOfOurs:
    def test_stays_out_of_search_engines_and_keeps_its_address_to_itself(self, client, page, url):
        comment = VisitorCommentFactory(page=page)
        steps = ["", f"reply/{comment.uuid}/", f"replies/{comment.uuid}/", f"thanks/{comment.uuid}/"]
        responses = [client.get(url + step) for step in steps]
        responses += [send(client, url, page), send(client, url, page, body=""), client.post(url)]
        for response in responses:
            assert response["X-Robots-Tag"] == "noindex"
            assert response["Referrer-Policy"] == "same-origin"

    @pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
    def test_knows_only_get_and_post(self, client, url, method):
        assert getattr(client, method)(url).status_code == 405

    def test_with_an_unreadable_address_is_404(self, client, page, url):
        for step in ("reply", "replies", "thanks"):
            assert client.get(f"{url}{step}/nonsense/").status_code == 404


class TestUnreadablePost:
    def test_that_is_too_large_is_a_friendly_413(self, client, page, url, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
        for response in (
            client.post(url, "body=" + "x" * 2000, content_type="application/x-www-form-urlencoded"),
            client.post(url, {"body": "x" * 2000}),
        ):
            assert response.status_code == 413
            assert "larger than this site accepts" in response.content.decode()

    def test_with_too_many_fields_is_a_friendly_400(self, client, page, url):
        response = client.post(url, {f"field{number}": "x" for number in range(1001)})
        assert response.status_code == 400
        assert "could not be read" in response.content.decode()

    @pytest.mark.parametrize(
        ("content", "content_type"),
        [
            (b"x", "multipart/form-data"),
            (b"x", "multipart/form-data; boundary=" + "b" * 300),
            (b"body=x", "application/x-www-form-urlencoded; charset=latin-1"),
        ],
    )
    def test_that_is_broken_is_a_friendly_400(self, client, page, url, content, content_type):
        response = client.generic("POST", url, content, content_type=content_type)
        assert response.status_code == 400
        assert "could not be read" in response.content.decode()

    @pytest.mark.parametrize(
        ("content", "content_type"),
        [(b"{}", "application/json"), (b"\xff\xfe", "text/plain"), (b"body=%ED%A0%80%FF", "")],
    )
    def test_of_another_kind_stores_nothing(self, client, page, url, content, content_type):
        response = client.generic("POST", url, content, content_type=content_type)
        assert response.status_code == 422
        assert not VisitorComment.objects.exists()

    def test_takes_no_files(self, client, page, url):
        response = send(client, url, page, body=SimpleUploadedFile("body", b"text"))
        assert response.status_code == 422
        assert not VisitorComment.objects.exists()

    @pytest.mark.parametrize("field", ["author_name", "body", "author_email", "parent", "form_token",
                                       "confirm_token", "massage_extra"])  # fmt: skip
    @pytest.mark.parametrize("value", ["\x00", "%ED%A0%80", "\ufffe", "💆" * 3000, "a\nb\rc"])
    def test_of_hostile_text_is_never_an_error_of_ours(self, client, page, url, field, value):
        assert send(client, url, page, **{field: value}).status_code in {303, 422}


class TestBodyHtml:
    @given(st.text(st.sampled_from("ab <>&\"'=/:.@?#\n\r\t;%httpsjavcript\u202e\u00e9😀()[]")))
    def test_holds_only_paragraphs_breaks_and_links(self, text):
        fragment = html5lib.parseFragment(body_html(text), treebuilder="etree", namespaceHTMLElements=False)
        for element in list(fragment.iter())[1:]:
            assert element.tag in {"p", "br", "a"}
            assert set(element.attrib) == ({"href", "rel"} if element.tag == "a" else set())

    @given(st.text(st.sampled_from("ab<>\"'/:.@?#&%"), max_size=30))
    def test_links_only_to_the_web(self, text):
        fragment = html5lib.parseFragment(
            body_html(f"https://{text}"), treebuilder="etree", namespaceHTMLElements=False
        )
        for link in fragment.iter("a"):
            assert urlsplit(link.get("href")).scheme in {"http", "https"}
            assert set(link.get("rel").split()) == {"nofollow", "ugc", "noopener"}
