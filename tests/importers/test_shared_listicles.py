"""The plain-text reader on the shared articles, which lie beside the checkout and never in it."""

import json
from pathlib import Path

import pytest

from wagtail_massage.importers.plain_text import read_plain_text, read_plain_text_bytes
from wagtail_massage.importers.text_export import to_text

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SEED = DATA / "article_leg_massage.txt"
EXPECTED = DATA / "listicles" / "expected"
INPUTS = DATA / "listicles" / "inputs"

pytestmark = pytest.mark.skipif(
    not SEED.exists(), reason="the shared data (../shared/data) is not beside the checkout"
)


def plain_text_cases():
    if not INPUTS.exists():
        return []
    return sorted(path.name for path in INPUTS.glob("*.txt"))


class TestSeedArticle:
    def test_is_cut_as_by_hand(self):
        article = read_plain_text_bytes(SEED.read_bytes(), name=SEED.name)
        assert [len(item.paragraphs) for item in article.items] == [4, 3, 3, 3, 3, 2]
        assert (len(article.intro_paragraphs), article.declared_count, len(article.outro_paragraphs)) == (
            3,
            6,
            1,
        )
        assert article.lead_in == article.intro_paragraphs[-1]
        assert [comment.date for comment in article.comments] == ["2023-08-16T12:18"]
        assert article.warnings == ()

    def test_reports_trims_and_numbers(self):
        article = read_plain_text_bytes(SEED.read_bytes(), name=SEED.name)
        counts = {change.code: change.params["count"] for change in article.changes}
        assert counts["trailing_nbsp_trimmed"] == 6
        assert counts["numbers_dropped"] == 6

    def test_comes_back_as_its_source(self):
        source = SEED.read_text(encoding="utf-8")
        exported = to_text(read_plain_text(source))
        assert exported.rstrip("\n") == source.replace("\u00a0\n", "\n").rstrip("\n")


class TestPlainTextArticles:
    @pytest.mark.parametrize("name", plain_text_cases())
    def test_are_cut_as_by_hand(self, name):
        expected = json.loads((EXPECTED / Path(name).with_suffix(".json").name).read_text(encoding="utf-8"))
        plan = read_plain_text_bytes((INPUTS / name).read_bytes(), name=name).to_plan()
        for key in ("title", "declared_count", "intro_paragraphs", "outro_paragraphs"):
            assert plan[key] == expected[key]
        for found, wanted in zip(plan["items"], expected["items"], strict=True):
            assert found == {key: wanted[key] for key in found}
        for found, wanted in zip(plan["comments"], expected["comments"], strict=True):
            assert found == {key: wanted[key] for key in found}

    @pytest.mark.parametrize("path", sorted(INPUTS.glob("*")), ids=lambda path: path.name)
    def test_come_back_from_their_export(self, path):
        article = read_plain_text_bytes(path.read_bytes(), name=path.name)
        assert read_plain_text(to_text(article)).without_notes() == article.without_notes()
