"""C1, C2: whatever a visitor writes, and wherever it is shown, it stays text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.comments.desk import client_of, desk_url
from tests.comments.faces import comments_url, form_url
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.mails.links import receipt_url
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import Policy
from wagtail_massage.comments.text import Unreadable, body_html, clean_body, clean_name
from wagtail_massage.testing.comments import VisitorCommentFactory

REL = {"nofollow", "ugc", "noopener"}
HOME_MADE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "http://example.com/\"onmouseover='alert(1)'",
    "http://example.com/<script>",
    "https://example.com/?a=1&b=<b>",
    "{{ 7*7 }} {% debug %}",
    "<!-- --!> <![CDATA[ ]]> <?php ?>",
    "</textarea></title></style><svg onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "http://user:pass@example.com/ http://аррӏе.example/ //evil.example",
]


def elements(html: str) -> Iterator[Any]:
    """Yield every element that a browser would make of a fragment."""
    fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    yield from (node for node in fragment.iter() if node is not fragment and isinstance(node.tag, str))


def assert_harmless(html: str) -> None:
    for node in elements(html):
        assert node.tag in {"p", "br", "a"}, html
        if node.tag != "a":
            assert not node.attrib, html
            continue
        assert set(node.attrib) == {"href", "rel"}, html
        assert set(node.attrib["rel"].split()) == REL, html
        assert node.attrib["href"].lower().startswith(("http://", "https://")), html


def shown(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        try:
            yield body_html(clean_body(text))
        except Unreadable:
            continue


class TestBodyHtml:
    # Five hundred examples of up to twenty texts, which are ten thousand texts and more.
    @settings(max_examples=500)
    @given(
        st.lists(st.text(alphabet=st.characters(codec="utf-16", categories=None), max_size=60), max_size=20)
    )
    def test_of_any_text_holds_paragraphs_breaks_and_links_only(self, texts):
        for html in shown(texts):
            assert_harmless(html)

    @settings(max_examples=500)
    @given(
        st.lists(st.sampled_from([*"<>\"'&;/:=#@\n\t ", "http://", "a.example", "script", "on", "&#", "x"]))
    )
    def test_of_what_markup_is_made_of_holds_no_other_markup(self, parts):
        for html in shown(["".join(parts)]):
            assert_harmless(html)

    @pytest.mark.parametrize("text", HOME_MADE)
    def test_of_a_known_trick_is_harmless_and_shows_what_was_typed(self, text):
        html = body_html(clean_body(text))
        assert_harmless(html)
        fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
        assert "".join(fragment.itertext()).split() == text.split()

    @pytest.mark.parametrize("name", ["xss", "blns", "utf8"])
    def test_of_the_shared_corpus_is_harmless(self, corpus, name):
        texts = [text if isinstance(text, str) else text.decode("utf-8", "replace") for text in corpus(name)]
        assert len(texts) > 100
        for html in shown(texts):
            assert_harmless(html)


# What a page of ours may do with an element; anything else in a hostile page came from a visitor.
def shapes(html: str) -> set[tuple[str, frozenset[str]]]:
    """Return every kind of element of a document: its name with the names of its attributes."""
    document = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    return {
        (node.tag, frozenset(map(str, node.attrib))) for node in document.iter() if isinstance(node.tag, str)
    }


def links(html: str) -> set[str]:
    document = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    found = {node.attrib.get(name, "") for node in document.iter() for name in ("href", "src", "action")}
    return {link for link in found if link}


def packed(texts: Iterable[str], size: int = 4000) -> list[str]:
    """Return the texts in few comments, each text a paragraph, as a visitor could send them."""
    bodies, body = [], ""
    for text in texts:
        try:
            text = clean_body(text[: size - 2])
        except Unreadable:
            continue
        if len(body) + len(text) + 2 > size:
            bodies.append(body)
            body = ""
        body += f"{text}\n\n"
    return [part for part in [*bodies, body] if part.strip()]


def names(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        try:
            name = clean_name(text[:80])
        except Unreadable:
            continue
        if name.strip("\u200b "):
            yield name


class Places:
    """Every place of the room that shows a comment, asked for as the visitor or the moderator it is meant for."""

    def __init__(self, page: Any, client: Any, moderator: Any) -> None:
        self.page, self.client, self.desk = page, client, client_of(moderator)

    def read(self) -> dict[str, str]:
        comment = VisitorComment.objects.public().order_by("pk").first()
        waiting = VisitorComment.objects.waiting().filter(is_health=False).order_by("pk").first()
        asked = VisitorComment.objects.filter(is_health=True).order_by("-pk").first()
        first = waiting.body.split()[0]
        places = {
            "page": self.client.get(self.page.url),
            "list": self.client.get(form_url(self.page.pk)),
            "answer": self.client.get(f"{form_url(self.page.pk)}reply/{comment.uuid}/"),
            "desk": self.desk.get(desk_url("lane", "all")),
            "waiting": self.desk.get(desk_url("lane", "pending")),
            "comment": self.desk.get(desk_url("inspect", waiting.pk)),
            "public comment": self.desk.get(desk_url("inspect", comment.pk)),
            "question": self.desk.get(desk_url("inspect", asked.pk)),
            "redaction": self.desk.post(
                desk_url("redact", waiting.pk), {"words": first, "version": waiting.version}
            ),
            "bulk": self.desk.post(
                desk_url("bulk", "pending"), {"seen": f"{waiting.pk}:{waiting.version}", "verb": "reject"}
            ),
            "own page": self.client.get(receipt_url(waiting)),
            "own question": self.client.get(receipt_url(asked)),
            "export": self.desk.get(desk_url("export_csv", "all")),
        }
        assert {
            name: answer.status_code for name, answer in places.items() if answer.status_code != 200
        } == {}
        exported = places.pop("export")  # no page, and never shown as one
        assert exported["Content-Type"].startswith("text/csv")
        assert exported["Content-Disposition"].startswith("attachment")
        return {name: answer.content.decode() for name, answer in places.items()}


@pytest.fixture
def places(page, client, moderator):
    return Places(page, client, moderator)


class TestEveryPlace:
    def fill(self, page, moderator, now, bodies, authors):
        for number, body in enumerate(bodies):
            name = authors[number % len(authors)]
            comment = VisitorCommentFactory(page=page, body=body, author_name=name)
            VisitorCommentFactory(page=page, body=body, author_name=name, parent=comment)
            waiting = VisitorCommentFactory(page=page, body=body, author_name=name, status="PENDING")
            if number % 20 == 0:  # the other ways by which a text comes in
                actions.edit(waiting, body=f"{body}\nagain", by=moderator, now=now)
                actions.edit(comment, body=f"{body}\nonce more", by=moderator, now=now)
                self.ask(page, moderator, now, body, name)

    def ask(self, page, moderator, now, body, name):
        """Leave a health question with an answer of the same words."""
        asked = VisitorCommentFactory(page=page, body=body, author_name=name, status="PENDING")
        if not asked.is_health:  # triage has not seen it as one
            asked = actions.set_apart(asked, is_urgent=True, by=moderator, now=now)
        actions.answer_question(asked, body=body, by=moderator, now=now)

    def judge(self, places, harmless):
        for name, html in places.read().items():
            assert shapes(html) <= set.union(*(shapes(pages[name]) for pages in harmless)), name
            ours = set.union(*(links(pages[name]) for pages in harmless))
            for link in links(html) - ours:
                assert link.startswith(("/", "?", "#", "http://", "https://")), (name, link)
                assert not link.startswith("//"), (name, link)

    @pytest.fixture
    def harmless(self, page, places, moderator, now):
        """The same places with friendly comments on them, few and many: what our own templates are made of."""
        friendly = "Kind words.\n\nhttps://example.com/ and more\nlines"
        self.fill(page, moderator, now, [friendly], ["Wren"])
        few = places.read()
        question = "I have a thrombosis. May I have a massage?"  # triage sees it and marks its words
        self.ask(page, moderator, now, question, "Wren")
        answered = places.read()
        self.fill(page, moderator, now, [f"{friendly} {number}" for number in range(30)], ["Wren"])
        held = VisitorCommentFactory(page=page, status="PENDING")
        actions.edit(held, body=" ".join(["https://example.com/"] * 4), by=moderator, now=now)
        VisitorCommentFactory(page=page, status="PENDING", body="kind words " * 200)  # a card shows less
        VisitorCommentFactory(page=page, status="PENDING", body=question)
        return [few, answered, places.read()]

    def test_shows_a_known_trick_as_text(self, page, places, harmless, moderator, now):
        self.fill(page, moderator, now, packed(HOME_MADE), list(names(HOME_MADE)))
        self.judge(places, harmless)

    def test_shows_the_shared_corpus_as_text(self, page, places, harmless, moderator, now, corpus, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_SIZE = 200
        texts = [text for name in ("xss", "blns") for text in corpus(name) if isinstance(text, str)]
        bodies, authors = packed(texts), list(names(texts))
        assert len(bodies) > 20 and len(authors) > 1000
        self.fill(page, moderator, now, bodies[:60], authors[:: len(authors) // 60])
        self.judge(places, harmless)


class TestBothFaces:
    @pytest.mark.parametrize("text", HOME_MADE)
    def test_store_what_was_typed_and_answer_it_harmlessly(self, face, page, client, text):
        actions.set_policy(
            page=page, policy=Policy.OPEN, by=None, now=VisitorCommentFactory(page=page).created_at
        )
        assert face.post(page, body=text, author_name=text[:80]).status_code in face.accepted
        comment = VisitorComment.objects.latest("pk")
        assert (comment.body, comment.author_name) == (text, " ".join(text[:80].split()))
        answer = client.get(comments_url(page.pk))
        assert answer["Content-Type"].startswith("application/json")
        for item in answer.json()["items"]:
            assert_harmless(item["body_html"])


class TestJson:
    def test_of_the_shared_corpus_is_answered_without_an_error_of_ours(self, corpus, page, client):
        """The JSON test suite as a body: parsed or refused, stored never, and no 500."""
        for content in corpus("json"):
            answer = client.post(comments_url(page.pk), content, content_type="application/json")
            assert answer.status_code in {400, 413, 422}, content
        assert not VisitorComment.objects.exists()

    def test_whose_values_are_the_shared_corpus_is_stored_or_refused(self, corpus, page, client):
        for text in corpus("blns"):
            body = {"author_name": "Wren", "body": text, "form_token": ""}
            answer = client.post(comments_url(page.pk), json.dumps(body), content_type="application/json")
            assert answer.status_code in {201, 202, 422}, text

    def test_whose_bytes_are_no_utf_8_is_refused(self, corpus, page, client):
        for content in corpus("utf8"):
            raw = b'{"author_name": "Wren", "body": "' + content + b'"}'
            answer = client.post(comments_url(page.pk), raw, content_type="application/json")
            assert answer.status_code in {201, 202, 400, 422}, content
            assert answer.status_code in {201, 202, 422} or not is_utf8(content) or has_control(content)


def is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def has_control(content: bytes) -> bool:
    return any(byte < 0x20 for byte in content) or any(character in content for character in b'"\\')


class TestImport:
    def test_of_a_known_trick_leaves_it_text(self, page, now):
        for number, text in enumerate(HOME_MADE):
            draft = Draft(body=text, author_name=text[:80])
            actions.import_comment(
                page=page,
                draft=draft,
                status="APPROVED",
                source_key=f"t:{number}",
                created_at=now,
                by=None,
                now=now,
            )
        for comment in VisitorComment.objects.all():
            assert_harmless(body_html(comment.body))
