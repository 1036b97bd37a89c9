"""Hold each install shape of tests/projects to its promise: it checks, migrates, does not drift and answers.

`--drift-only` asks for migration drift alone, without a database. Each shape runs in processes of its own,
because Django's app registry is filled once per process. Two shapes run side by side.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHAPES = ["blocks_only", "comments_only", "webhooks_only", "no_comments", "everything", "own_base_page"]
SIDE_BY_SIDE = 2

DRIFT = ["-m", "django", "makemigrations", "--check", "--dry-run"]
STEPS = [
    ["-m", "django", "check", "--fail-level", "WARNING"],
    ["-m", "django", "migrate", "--verbosity", "0"],
    DRIFT,
    ["-m", "pytest", "tests/shapes", "--quiet", "--reuse-db", "-p", "no:cacheprovider"],
]


@dataclass(frozen=True)
class Outcome:
    shape: str
    state: str
    """passed, failed or skipped"""
    seconds: float
    output: str


def reason_to_skip(shape: str) -> str:
    """Return why `shape` cannot be on the Wagtail at hand, "" when it can."""
    if shape == "own_base_page" and int(version("wagtail").split(".")[0]) < 8:
        return f"a custom base page needs Wagtail 8, this is {version('wagtail')}"
    return ""


def run_shape(shape: str, steps: list[list[str]]) -> Outcome:
    """Run `steps` for `shape` up to the first that fails, on a SQLite file that is thrown away."""
    if reason := reason_to_skip(shape):
        return Outcome(shape, "skipped", 0.0, reason)
    started = time.monotonic()
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": f"tests.projects.{shape}",
            "MASSAGE_TEST_SQLITE": str(Path(folder, "shape.sqlite3")),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")])),
        }
        environment.pop("MASSAGE_TEST_POSTGRES_PORT", None)
        for step in steps:
            done = subprocess.run(
                [sys.executable, *step],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            output = done.stdout.decode(errors="replace").rstrip()
            lines += [f"$ python {' '.join(step)}", *([output] if output else [])]
            if done.returncode:
                return Outcome(shape, "failed", time.monotonic() - started, "\n".join(lines))
    return Outcome(shape, "passed", time.monotonic() - started, "\n".join(lines))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "shapes", nargs="*", metavar="SHAPE", help=f"some of {', '.join(SHAPES)}; all without"
    )
    parser.add_argument("--drift-only", action="store_true", help="makemigrations --check and nothing else")
    options = parser.parse_args()
    if unknown := set(options.shapes) - set(SHAPES):
        parser.error(f"no such shape: {', '.join(sorted(unknown))}. There are {', '.join(SHAPES)}.")

    steps = [DRIFT] if options.drift_only else STEPS
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        outcomes = list(pool.map(lambda shape: run_shape(shape, steps), options.shapes or SHAPES))
    for outcome in outcomes:
        print(f"shape {outcome.shape}: {outcome.state} in {outcome.seconds:.1f} s")
        if (
            outcome.state == "skipped"
            or (outcome.output and not options.drift_only)
            or outcome.state == "failed"
        ):
            print("    " + outcome.output.replace("\n", "\n    "))
    return 1 if any(outcome.state == "failed" for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
