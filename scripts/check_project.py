"""What no other linter knows of the house rules: sizes, names, the README's commands, one machine's paths."""

from __future__ import annotations

import ast
import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import build_element

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN_NAMES = {"utils", "helpers", "misc", "common"}
LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 400, 500, 50
LARGEST_ELEMENT = 8192  # bytes, gzipped
MACHINE_PATH = re.compile(r"""(?<![\w.}/*-])/(?:work|root|tmp|Users|home/\w+)/[\w.]""")
# In backticks, or alone on its line but for a comment; "make no migrations" within prose is no command.
MAKE_COMMAND = re.compile(
    r"(?:`|^[ \t$]*)make ((?:[a-z][\w-]* ?)+)(?=`|[ \t]*(?:[A-Z_]+=.*|#.*)?$)", re.MULTILINE
)
INDEX_ADDRESS = re.compile(r"pythonhosted\.org|pypi\.org/simple|registry\.npmjs")


def tracked() -> list[Path]:
    """Return the text files of the project that git knows or would take."""
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for name in names if (path := ROOT / name).is_file() and path != Path(__file__).resolve()]


def python_faults(path: Path, text: str) -> Iterator[str]:
    name = path.relative_to(ROOT)
    if path.stem in FORBIDDEN_NAMES:
        yield f"{name}: a module called {path.stem} is a drawer; name what it does."
    if "migrations" in path.parts:
        return
    longest = LONGEST_TEST_FILE if name.parts[0] == "tests" else LONGEST_FILE
    if (lines := text.count("\n")) > longest:
        yield f"{name}: {lines} lines; split at {longest}."
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION:
            yield f"{name}:{node.lineno}: {node.name} has {length} lines; split at {LONGEST_FUNCTION}."


def text_faults(path: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if found := MACHINE_PATH.search(line) or INDEX_ADDRESS.search(line):
            yield f"{path.relative_to(ROOT)}:{number}: {found[0]!r} belongs to one machine only."


def readme_faults() -> Iterator[str]:
    """Compare the `make` commands that the documents name with the Makefile's targets."""
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        if not path.exists():
            yield f"{path.relative_to(ROOT)} is missing."
            continue
        for command in MAKE_COMMAND.findall(path.read_text()):
            for target in set(command.split()) - targets:
                yield f"{path.relative_to(ROOT)} says `make {target}`, which the Makefile does not know."


def element_faults() -> Iterator[str]:
    """Hold the comment element that is served to its source and to its size, without Node."""
    built, name = build_element.BUILT.read_bytes(), build_element.BUILT.name
    if not built.startswith(build_element.banner().encode()):
        yield f"{name} is not what the modules beside it build; run `make element`."
    if (size := len(gzip.compress(built, 9, mtime=0))) > LARGEST_ELEMENT:
        yield f"{name} has {size} bytes gzipped; {LARGEST_ELEMENT} are the most."


def main() -> int:
    faults = [*readme_faults(), *element_faults()]
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        faults += text_faults(path, text)
        if path.suffix == ".py":
            faults += python_faults(path, text)
    print("\n".join(faults) or "The house rules are kept.")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
