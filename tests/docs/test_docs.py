"""The docs name what the code has: every setting, every problem, every system check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wagtail_massage.comments.conf import CommentsSettings
from wagtail_massage.comments.desk import words
from wagtail_massage.conf import AppSettings
from wagtail_massage.problem_types import PROBLEM_TYPES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "wagtail_massage"

pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="the folder of the wheel tests holds no docs")


def first_cells(text: str) -> list[str]:
    """Return what stands in the first column of every table, without its marks."""
    return re.findall(r"^\| `([^`]+)` \|", text, flags=re.MULTILINE)


class TestSettings:
    def test_lists_every_setting_and_no_other(self):
        known = {name for owner in AppSettings.registry for name in owner.setting_names()}
        listed = {name for name in first_cells((DOCS / "settings.md").read_text()) if name.isupper()}
        assert listed == known

    def test_lists_every_system_check(self):
        pattern = r"id=\"(wagtail_massage[a-z_]*\.[EW]\d{3})\""
        written = {found for path in PACKAGE.rglob("*.py") for found in re.findall(pattern, path.read_text())}
        listed = {name for name in first_cells((DOCS / "settings.md").read_text()) if not name.isupper()}
        assert listed == written


class TestScreening:
    CHECKS = (
        (DOCS / "screening.md").read_text().split("## The checks")[1].split("## Words")[0]
        if DOCS.is_dir()
        else ""
    )

    def test_lists_every_check_that_runs_by_default(self):
        by_default = self.CHECKS.split("Checks that ask")[0]
        prefix = "wagtail_massage.comments.screening"
        listed = {f"{prefix}.{name}" for name in first_cells(by_default)}
        assert listed == set(CommentsSettings().checks)

    def test_lists_every_check_that_there_is(self):
        paths = PACKAGE.glob("comments/screening/*.py")
        written = {
            f"{path.stem}.{found}"
            for path in paths
            for found in re.findall(r"^class (\w+)\((?:Outside)?Check\):", path.read_text(), re.MULTILINE)
            if path.stem != "base" and not found.startswith("_")
        }
        assert set(first_cells(self.CHECKS)) == written

    def test_has_words_for_every_check_and_reason(self):
        code = "".join(path.read_text() for path in PACKAGE.glob("comments/screening/*.py"))
        reasons = set(re.findall(r'reason="([a-z_]+)"', code))
        assert reasons
        assert reasons <= set(words.REASONS)
        assert set(re.findall(r'^    name = "([a-z_]+)"', code, re.MULTILINE)) <= set(words.CHECKS)


class TestProblems:
    def test_lists_every_problem_as_the_answers_have_it(self):
        listed = re.findall(
            r"^## (\S+)\n\n(\d+), “(.+?)”\. (.+)$", (DOCS / "problems.md").read_text(), re.MULTILINE
        )
        assert listed == [
            (slug, str(kind.status), kind.title, f"{kind.meaning} {kind.advice}")
            for slug, kind in PROBLEM_TYPES.items()
        ]

    def test_lists_no_problem_that_is_never_raised(self):
        code = "".join(path.read_text() for path in PACKAGE.rglob("*.py"))
        raised = set(re.findall(r'Problem\(\s*\d{3},\s*"([a-z-]+)"', code))
        assert raised == set(PROBLEM_TYPES)
