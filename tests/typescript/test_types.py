"""What a front-end developer gets: TypeScript made from the API's description, compiled strictly."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
FRONTEND = ROOT / "example_project" / "frontend"
SHIPPED = ROOT / "wagtail_massage/comments/static/wagtail_massage_comments/element/api.d.ts"
TOOLS = FRONTEND / "node_modules" / ".bin"

needs_tools = pytest.mark.skipif(
    not (shutil.which("node") and (TOOLS / "tsc").exists()),
    reason="needs Node and the front end's development tools: make frontend",
)


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the types as they are made from the description that the repository holds."""
    folder = tmp_path_factory.mktemp("types")
    made = run(
        TOOLS / "openapi-typescript", ROOT / "tests/api/openapi.json", "-o", folder / "api.d.ts", cwd=FRONTEND
    )
    assert made.returncode == 0, made.stderr
    return folder


WRONG = [
    ("block.value.text;", "block.value.txt;"),
    ("block.value.quote}", "block.value.html}"),
    ('kind === "TIP"', 'kind === "WARNING"'),
    ("benefit.value.heading", "benefit.heading"),
    ("first.minutes", "first.duration"),
    ('state === "REMOVED"', 'state === "DELETED"'),
    ('    case "callout":\n', '    case "aside":\n'),
    ("found.is_permanent", "found.page.title"),
    ("found.page.contents", "found.page.options"),
    ("problem.form_token", "problem.errors"),
    ('problem:throttled"', 'problem:trottled"'),
]
"""What the program says, and what it must not say."""


def compile_strictly(folder: Path, programs: dict[str, str]) -> dict[str, list[str]]:
    """Return what the compiler objects to in each program, by its name. It runs once: starting it takes longest."""
    for name, source in programs.items():
        (folder / name).write_text(source, encoding="utf-8")
    options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022"]
    done = run(TOOLS / "tsc", *options, *programs, cwd=folder)
    errors = [line for line in done.stdout.splitlines() if "error TS" in line]
    return {name: [error for error in errors if error.startswith(f"{name}(")] for name in programs} | {
        "": [error for error in errors if not error.startswith(tuple(f"{name}(" for name in programs))]
    }


@needs_tools
class TestTypes:
    def test_narrow_on_blocks_and_problems_and_refuse_wrong_fields(self, types: Path) -> None:
        program = (HERE / "narrowing.ts").read_text(encoding="utf-8")
        assert all(program.count(right) for right, _wrong in WRONG)
        wrong = {
            f"wrong{number}.ts": program.replace(right, wrong, 1)
            for number, (right, wrong) in enumerate(WRONG)
        }
        objections = compile_strictly(types, {"right.ts": program, **wrong})
        assert objections.pop("right.ts") == objections.pop("") == []
        assert [name for name, found in objections.items() if not found] == []

    def test_are_those_that_are_shipped(self, types: Path) -> None:
        assert SHIPPED.read_bytes() == (types / "api.d.ts").read_bytes()
