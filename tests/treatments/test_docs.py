"""docs/pages.md names what there is."""

import re
from pathlib import Path

import wagtail_massage.treatments

DOCS = Path(__file__).resolve().parents[2] / "docs" / "pages.md"
TEMPLATES = Path(wagtail_massage.treatments.__file__).parent / "templates" / "wagtail_massage_treatments"


class TestPagesDocument:
    def test_names_every_block_of_every_page_template(self):
        text = DOCS.read_text()
        for template in TEMPLATES.glob("*_page.html"):
            [row] = [line for line in text.splitlines() if line.startswith(f"| `{template.name}`")]
            defined = set(re.findall(r"{% block (massage_\w+) %}", template.read_text()))
            inherited = defined & {"massage_class", "massage_byline", "massage_main", "massage_tags"}
            expected = defined if template.name == "base_page.html" else defined - inherited
            assert set(re.findall(r"`(massage_\w+)`", row)) == expected

    def test_names_every_part_that_can_be_replaced(self):
        parts = {path.name for path in TEMPLATES.glob("*.html") if not path.name.endswith("_page.html")}
        assert all(f"`{part}`" in DOCS.read_text() for part in parts)
