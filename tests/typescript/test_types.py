"""What a front-end developer gets: TypeScript made from the API's description, compiled strictly."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
FRONTEND = ROOT / "example_project" / "frontend"
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


def compile_strictly(folder: Path, name: str, source: str) -> list[str]:
    """Return what the compiler objects to in a program beside the types."""
    (folder / name).write_text(source, encoding="utf-8")
    options = ["--strict", "--noEmit", "--module", "nodenext", "--target", "es2022"]
    done = run(TOOLS / "tsc", *options, folder / name, cwd=folder)
    return [line for line in done.stdout.splitlines() if "error TS" in line]


@needs_tools
class TestTypes:
    def test_narrow_on_the_type_of_a_block_and_of_a_problem(self, types: Path) -> None:
        program = (HERE / "narrowing.ts").read_text(encoding="utf-8")
        assert compile_strictly(types, "narrowing.ts", program) == []

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            ("block.value.text;", "block.value.txt;"),
            ("block.value.quote}", "block.value.html}"),
            ('kind === "TIP"', 'kind === "WARNING"'),
            ("benefit.value.heading", "benefit.heading"),
            ("first.minutes", "first.duration"),
            ('state === "REMOVED"', 'state === "DELETED"'),
            ('    case "callout":\n', '    case "aside":\n'),
        ],
    )
    def test_refuse_a_wrong_field(self, types: Path, right: str, wrong: str) -> None:
        program = (HERE / "narrowing.ts").read_text(encoding="utf-8")
        assert right in program
        errors = compile_strictly(types, "wrong.ts", program.replace(right, wrong, 1))
        assert errors, wrong
        assert all("wrong.ts" in error for error in errors)

    def test_are_those_that_are_shipped(self, types: Path) -> None:
        assert (FRONTEND / "api.d.ts").read_text(encoding="utf-8") == (types / "api.d.ts").read_text(
            encoding="utf-8"
        )
