"""Read comments as JSON lines, write what triage says of each: python -m wagtail_massage.triage FILE.jsonl

A line in holds "id" and "text"; a line out holds "id", "flag" and "signals" (kind, phrase, start, end).
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from . import Vocabulary, examine


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m wagtail_massage.triage", description=__doc__)
    parser.add_argument("file", type=Path, help="comments, one JSON object a line")
    path = parser.parse_args(arguments).file
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        parser.error(f"{path} cannot be read: {error}")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            comment = json.loads(line)
            text = comment["text"]
        except (ValueError, KeyError, TypeError):
            parser.error(f'{path}, line {number}: expected a JSON object with "id" and "text".')
        found = examine(str(text), vocabulary=Vocabulary())
        signals = [dataclasses.asdict(signal) for signal in found.signals]
        sys.stdout.write(
            json.dumps({"id": comment.get("id"), "flag": found.is_health_question, "signals": signals}) + "\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
