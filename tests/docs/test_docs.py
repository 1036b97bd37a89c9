"""The docs name what the code has: every setting, every problem, every system check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wagtail_massage.conf import AppSettings
from wagtail_massage.problems import TITLES

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


class TestProblems:
    def test_lists_every_problem(self):
        listed = first_cells((DOCS / "api.md").read_text().split("## Problems")[1])
        assert sorted(listed) == sorted(TITLES)

    def test_lists_no_problem_that_is_never_raised(self):
        code = "".join(path.read_text() for path in PACKAGE.rglob("*.py"))
        raised = set(re.findall(r'Problem\(\s*\d{3},\s*"([a-z-]+)"', code))
        assert raised == set(TITLES)
