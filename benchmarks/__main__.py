"""`python -m benchmarks [NAME] [options]`: run one module of benchmarks/, `comments` where none is named."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent
TAKEN = {"__init__", "__main__"}


def names() -> list[str]:
    """Return the modules that can be run: those that define `main(argv)`."""
    modules = [path for path in HERE.glob("*.py") if path.stem not in TAKEN]
    return sorted(path.stem for path in modules if "\ndef main(argv" in path.read_text(encoding="utf-8"))


def main(argv: list[str]) -> int:
    named = argv[0] if argv and not argv[0].startswith("-") else "comments"
    if named not in names():
        print(f"There is no benchmark called {named!r}. There are {', '.join(names())}.", file=sys.stderr)
        return 2
    rest = argv[1:] if argv and argv[0] == named else argv
    return importlib.import_module(f"benchmarks.{named}").main(rest) or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
