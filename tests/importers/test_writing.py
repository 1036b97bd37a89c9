"""How an article becomes a body, and by what it is known again."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.spa import Spa
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.importers import comment_writing
from wagtail_massage.importers.article import Article, ArticleComment, ArticleItem
from wagtail_massage.importers.article_body import find_gaps, guess_kind, make_body
from wagtail_massage.importers.destinations import Destination
from wagtail_massage.importers.models import ImportedArticle
from wagtail_massage.importers.refusal import ImportRefused
from wagtail_massage.importers.source_key import make_source_key
from wagtail_massage.importers.writing import Source, write_article
from wagtail_massage.treatments.abstract import BenefitListMixin
from wagtail_massage.treatments.discovery import page_models


def article(*headings, numbers=None, **values):
    numbers = numbers or range(1, len(headings) + 1)
    items = tuple(ArticleItem(n, heading, ("Text.",)) for n, heading in zip(numbers, headings, strict=True))
    defaults = {
        "title": "Tips",
        "declared_count": None,
        "intro_paragraphs": ("Hello.", "Here it comes:"),
        "has_lead_in": True,
        "items": items,
        "outro_paragraphs": ("Good-bye.",),
    }
    return Article(**{**defaults, **values})


def benefit_list(body):
    [value] = [block["value"] for block in body.blocks if block["type"] == "benefit_list"]
    return value


class TestBody:
    def test_has_text_list_and_text(self):
        body = make_body(article("Calm", "Sleep"))
        assert [block["type"] for block in body.blocks] == ["text", "benefit_list", "text"]
        assert body.blocks[0]["value"] == {"rich_text": "<p>Hello.</p>"}
        assert benefit_list(body)["lead_in"] == "Here it comes:"
        assert body.notes == []

    def test_without_entries_is_text(self):
        body = make_body(article(has_lead_in=False))
        assert [block["type"] for block in body.blocks] == ["text", "text"]

    def test_keeps_a_lead_in_that_is_too_long_in_the_introduction(self):
        lead_in = "So " * 120 + "it is:"
        body = make_body(article("Calm", intro_paragraphs=("Hello.", lead_in)))
        assert body.blocks[0]["value"]["rich_text"] == f"<p>Hello.</p><p>{lead_in}</p>"
        assert benefit_list(body)["lead_in"] == ""
        assert "300 characters" in body.notes[0]

    def test_keeps_a_heading_that_is_too_long_in_the_text(self):
        heading = "Warm hands " * 20
        body = make_body(article(heading.strip()))
        benefit = benefit_list(body)["benefits"][0]["value"]
        assert len(benefit["heading"]) <= 150 and benefit["heading"].endswith(" Warm…")
        assert benefit["body"][0]["value"]["rich_text"] == f"<p>{heading.strip()}</p><p>Text.</p>"
        assert "entry 1" in body.notes[0]

    @pytest.mark.parametrize(
        ("numbers", "numbering", "start", "is_noted"),
        [
            ([1, 2, 3], "ASCENDING", 1, False),
            ([4, 5, 6], "ASCENDING", 4, False),
            ([3, 2, 1], "COUNTDOWN", 1, False),
            ([None, None, None], "NONE", 1, False),
            ([1, 2, 4], "ASCENDING", 1, True),
            ([None, 2, 3], "ASCENDING", 1, True),
        ],
    )
    def test_numbers_as_the_source_does(self, numbers, numbering, start, is_noted):
        body = make_body(article("Calm", "Sleep", "Warmth", numbers=numbers))
        assert (benefit_list(body)["numbering"], benefit_list(body)["start"]) == (numbering, start)
        assert bool(body.notes) is is_noted

    def test_is_valid_in_the_editor(self, db):
        [model] = page_models(BenefitListMixin)
        block = model._meta.get_field("body").stream_block
        cleaned = block.clean(block.to_python(make_body(article("Calm", "Sleep")).blocks))
        assert [child.value["anchor"] for child in cleaned[1].value["benefits"]] == ["calm", "sleep"]


class TestKind:
    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("6 Reasons to Nap", "REASONS"),
            ("Tips and tricks: 4 signs that you need a rest", "SIGNS"),
            ("The Advantages of Warm Stones", "BENEFITS"),
            ("Seven Steps to Sleep", "STEPS"),
            ("5 Ways to Unwind", "OTHER"),
            ("", "OTHER"),
        ],
    )
    def test_is_the_noun_of_the_title(self, title, kind):
        assert guess_kind(title) == kind


class TestGaps:
    def test_are_none_in_a_whole_article(self):
        assert find_gaps(article("Calm", "Sleep")) == []

    def test_name_the_entries(self):
        items = (ArticleItem(1, "", ("Text.",)), ArticleItem(2, "Sleep"))
        assert find_gaps(article(items=items)) == ["Entry 1 has no heading.", "Entry 2 has no text."]

    def test_name_a_list_that_is_missing_or_too_long(self):
        assert find_gaps(article()) == ["The article has no list."]
        assert "201 entries" in find_gaps(article(*["Calm"] * 201))[0]


class TestSourceKey:
    def test_overlooks_what_editors_of_text_change(self):
        assert make_source_key("A\n\nB") == make_source_key("\ufeff\r\nA  \r\n\r\nB\r\n\r\n")

    def test_sees_every_other_change(self):
        assert len({make_source_key(text) for text in ("A\n\nB", "A\nB", "A\n\nb", "A\n\n B")}) == 4


class TestPage:
    @pytest.fixture
    def make(self, db):
        """Return a function that writes an article with one comment, each time the same one."""
        [model] = page_models(BenefitListMixin)
        destination = Destination(model, Spa().journal)
        comment = ArticleComment(author="Runa Feld", date="2024-02-03T10:00", text="So calm.")
        source = Source(article=article("Calm", comments=(comment,)), key="text:1", name="calm")
        return lambda **values: write_article(
            source, destination, **{"by": None, **values}, now=timezone.now()
        )

    def test_is_made_once_and_so_are_its_comments(self, make):
        first, second = make(), make()
        assert (first.is_new, first.new_comments, first.known_comments) == (True, 1, 0)
        assert (second.is_new, second.new_comments, second.known_comments) == (False, 0, 1)
        assert second.page.pk == first.page.pk

    def test_belongs_to_whoever_imports_it(self, make, admin_user):
        imported = make(by=admin_user, title="Calmer evenings")
        assert (imported.page.title, imported.page.owner) == ("Calmer evenings", admin_user)
        record = ImportedArticle.objects.get()
        assert (record.title, record.imported_by) == ("Tips", admin_user)

    def test_comes_without_comments_when_told_to(self, make):
        assert make(comments=None).new_comments == 0
        assert not VisitorComment.objects.exists()

    def test_is_not_made_when_its_comments_fail(self, make, monkeypatch):
        def fail(**values):
            raise RuntimeError("The lights went out.")

        monkeypatch.setattr(comment_writing, "import_comment", fail)
        with pytest.raises(RuntimeError, match="lights"):
            make()
        assert not page_models(BenefitListMixin)[0].objects.exists()
        assert not ImportedArticle.objects.exists()

    def test_of_a_site_with_other_blocks_is_refused(self, db, monkeypatch):
        spa = Spa()
        [model] = page_models(BenefitListMixin)
        block = model._meta.get_field("body").stream_block
        monkeypatch.setattr(block, "child_blocks", {"text": block.child_blocks["text"]})
        source = Source(article=article("Calm"), key="text:1", name="calm")
        with pytest.raises(ImportRefused, match="no block named benefit_list"):
            write_article(source, Destination(model, spa.journal), by=None, now=timezone.now())
        assert not model.objects.exists()
