"""Lists to test with, in the stored form that Wagtail keeps in the database, and files to compare with."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from wagtail.blocks import StreamBlock

from wagtail_massage.benefits.blocks import BenefitListBlock

SNAPSHOTS = Path(__file__).parent / "snapshots"
LIST_BLOCK = BenefitListBlock()


def text(html: str, id: str = "text") -> dict[str, Any]:
    return {"type": "text", "id": id, "value": {"rich_text": html}}


def entry(heading: str, *, id: str | None = None, body: list | None = None, **value: Any) -> dict[str, Any]:
    stored = {
        "heading": heading,
        "summary": "",
        "body": [text("<p>Words.</p>")] if body is None else body,
        **value,
    }
    return {"type": "benefit", "id": id or heading.lower().replace(" ", "-"), "value": stored}


def list_of(*entries: dict[str, Any], **value: Any) -> Any:
    """Return the native value of a list."""
    return LIST_BLOCK.to_python({"benefits": list(entries), **value})


def stream_of(*lists: dict[str, Any]) -> Any:
    """Return a page's StreamValue with one list for each stored value."""
    block = StreamBlock([("benefit_list", BenefitListBlock())])
    return block.to_python(
        [{"type": "benefit_list", "id": f"list-{n}", "value": value} for n, value in enumerate(lists)]
    )


def full_list(*, image_id: int, page_id: int) -> dict[str, Any]:
    """Return the stored form of a countdown with everything in it."""
    picture = {"image": image_id, "decorative": False, "alt_text": "Towels on a shelf"}
    return {
        "heading": "Why we love Sundays",
        "lead_in": "From the smallest to the greatest:",
        "kind": "REASONS",
        "numbering": "COUNTDOWN",
        "start": 1,
        "heading_level": "H2",
        "show_contents": True,
        "benefits": [
            entry(
                "Slow tea & long talks",
                id="entry-tea",
                summary="Nobody looks at the clock.",
                image=picture,
                anchor="slow-tea",
                anchor_history="tea slow-tea",
                body=[
                    text(f'<p data-block-key="a1b2c">Come <a linktype="page" id="{page_id}">early</a>.</p>'),
                    {
                        "type": "callout",
                        "id": "callout",
                        "value": {"kind": "NOTE", "title": "Bring", "rich_text": "<ul><li>socks</li></ul>"},
                    },
                ],
            ),
            entry(
                "Détente",
                id="entry-rest",
                body=[
                    {"type": "quote", "id": "quote", "value": {"quote": "Ah.", "attribution": "A <guest>"}},
                    {
                        "type": "image",
                        "id": "image",
                        "value": {"image": picture, "caption": "Shelf", "credit": ""},
                    },
                ],
            ),
            entry("Détente", id="entry-copy", body=[]),
        ],
    }


def compare_with_snapshot(name: str, text: str) -> None:
    """Compare with tests/benefits/snapshots/<name>; MASSAGE_UPDATE_SNAPSHOTS=1 writes it anew."""
    file = SNAPSHOTS / name
    # Storage gives a file that exists already a random suffix, and Wagtail 8 hashes nothing else into names.
    text = re.sub(r"/media/images/[^\s\"]*?\.(width-\d+\.format-\w+\.\w+)", r"/media/images/IMAGE.\1", text)
    if os.environ.get("MASSAGE_UPDATE_SNAPSHOTS"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), (
        f"{name} differs: run with MASSAGE_UPDATE_SNAPSHOTS=1, read the diff"
    )
