"""The readers on the shared exports, which lie beside the checkout and never in it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from wagtail_massage.importers.comment_exports import CommentExport
from wagtail_massage.importers.found_threads import BACK_LINKS, arrange
from wagtail_massage.importers.source import UnreadableSource

SHARED = Path(__file__).resolve().parents[3] / "shared"
FILES = SHARED / "data" / "wxr" / "files"
SCORE = SHARED / "scoring" / "score_wxr.py"

pytestmark = pytest.mark.skipif(
    not FILES.exists(), reason="the shared data (../shared/data) is not beside the checkout"
)


def figures(path):
    """What the readers find in a file, in the shape that the scoring script compares."""
    kinds, counts, faults, deepest = Counter(), Counter(), Counter(), 0
    with path.open("rb") as file:
        export = CommentExport(file, name=path.name)
        try:
            for thread in export.threads():
                kinds[thread.kind] += 1
                depths = {}
                arranged = arrange(thread.comments, is_kept=lambda comment: True)
                for comment, _above in arranged.comments:  # parents first
                    depths[comment.id] = 1 + depths.get(comment.parent_id, 0)
                    counts["with_parent"] += bool(comment.parent_id)
                    is_link = comment.kind in BACK_LINKS
                    counts["pingbacks" if is_link else comment.status.lower()] += 1
                counts["total"] += len(thread.comments)
                faults.update(
                    orphans=len(arranged.orphans), own=len(arranged.own_parents), cycles=len(arranged.cycles)
                )
                deepest = max(deepest, *depths.values(), 0)
        except UnreadableSource as error:
            return {"outcome": "rejected", "error_line": int(re.search(r"line (\d+)", str(error))[1])}
    names = ("total", "approved", "pending", "spam", "trash", "pingbacks", "with_parent")
    return {
        "outcome": "salvaged" if export.control_characters else "imported",
        "posts": kinds["post"],
        "pages": kinds["page"],
        "comments": {name: counts[name] for name in names} | {"max_depth": deepest},
        "faults": dict(faults),
    }


class TestSharedExports:
    def test_are_counted_as_by_hand(self, tmp_path):
        for path in FILES.glob("*.xml"):
            (tmp_path / f"{path.stem}.json").write_text(json.dumps(figures(path)))
        expected = FILES.parent / "expected"
        run = [sys.executable, str(SCORE), str(expected), str(tmp_path)]
        said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
        assert "FAIL" not in said and "MISSING" not in said, said
        assert said.count(" ok ") == 29  # the other six are judged below

    @pytest.mark.parametrize(
        ("name", "wanted"),
        [
            ("broken-control-chars", {"outcome": "salvaged", "comments": {"total": 2, "max_depth": 2}}),
            ("broken-cycle", {"outcome": "imported", "comments": {"total": 3}, "faults": {"cycles": 1}}),
            ("broken-deep-thread", {"comments": {"total": 300, "max_depth": 300}}),
            ("broken-latin1-declared-utf8", {"outcome": "rejected", "error_line": 5}),
            ("broken-orphans", {"comments": {"total": 4}, "faults": {"orphans": 1, "own": 1}}),
            (
                "broken-statuses",
                {
                    "posts": 5,
                    "comments": {"total": 14, "approved": 6, "spam": 2, "trash": 3, "pingbacks": 2},
                },
            ),
        ],
    )
    def test_that_are_broken_are_understood_all_the_same(self, name, wanted):
        found = figures(FILES / f"{name}.xml")
        for key, value in wanted.items():
            if isinstance(value, dict):
                assert {part: found[key][part] for part in value} == value
            else:
                assert found[key] == value
