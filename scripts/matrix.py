"""Hold every supported Wagtail to the contract tests, each in an environment of its own under .venvs/.

FULL=1 runs all tests instead. Where a corner's Python is not on the machine, the corner is skipped by name; in
CI it is tried on the Python at hand with the newest Django which that Python allows. The pre-release corner
reports and never fails the run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import requires
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
SHAPES = ["everything", "own_base_page"]
IN_CI = bool(os.environ.get("CI"))
FULL = bool(os.environ.get("FULL"))


@dataclass(frozen=True)
class Corner:
    name: str
    wagtail: str
    django: str
    pythons: tuple[tuple[str, ...], ...]
    """(minimum,) or (minimum, below), in order of preference"""
    fallback_django: str = ""
    """in CI, where no such Python is to be had"""
    may_fail: bool = False


CORNERS = [
    Corner("wagtail-7.4", "wagtail>=7.4,<7.5", "Django>=5.2,<5.3", (("3.11", "3.12"), ("3.11",))),
    Corner("wagtail-8.0", "wagtail>=8.0,<8.1", "Django>=6.1,<6.2", (("3.12",),), "Django>=5.2,<6.2"),
    Corner("wagtail-8.1", "wagtail>=8.1rc1,<8.2", "Django>=6.1", (("3.12",),), "Django>=5.2", may_fail=True),
]


def find_python(*bounds: str) -> str | None:
    """Return the path of a Python within `bounds`, None when the machine has none."""
    done = subprocess.run([ROOT / "scripts/find_python.sh", *bounds], capture_output=True, text=True)
    return done.stdout.strip() or None


def run(*command: object) -> bool:
    """Run `command` from the project's folder and return whether it succeeded."""
    words = [str(part) for part in command]
    print("$", " ".join(words), flush=True)
    return subprocess.run(words, cwd=ROOT).returncode == 0


def place(corner: Corner) -> tuple[str, str] | None:
    """Return the Python and the Django requirement for `corner`, None when this machine has no place for it."""
    for bounds in corner.pythons:
        if python := find_python(*bounds):
            return python, corner.django
    wanted = " or ".join("-".join(bounds) for bounds in corner.pythons)
    print(f"{corner.name}: no Python {wanted} or newer on this machine.")
    if IN_CI and corner.fallback_django and (python := find_python("3.11")):
        print(f"{corner.name}: tried with {corner.fallback_django} on {python} instead.")
        return python, corner.fallback_django
    return None


def pins(corner: Corner) -> Path:
    """Write constraints.txt without Wagtail and what Wagtail itself bounds; a pre-release is resolved freely."""
    needs = [re.split(r"[^\w-]", text)[0] for text in requires("wagtail") or [] if "extra ==" not in text]
    left_open = {"wagtail", *(name.lower().replace("_", "-") for name in needs)}
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    kept = [] if corner.may_fail else [line for line in lines if line.split("==")[0] not in left_open]
    path = ROOT / ".venvs" / f"{corner.name}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(kept))
    return path


def install(corner: Corner, python: str, django: str) -> bool:
    home = ROOT / ".venvs" / corner.name
    arguments = ["--quiet", "--python", home / "bin/python"]
    return run(UV, "venv", "--quiet", "--allow-existing", "--python", python, home) and run(
        UV, "pip", "install", *arguments, "--constraint", pins(corner), "--editable", ".", "--group", "test",
        "--group", "demo", corner.wagtail, django,
    )  # fmt: skip


def hold(corner: Corner) -> str:
    """Return "passed", "failed" or "skipped"."""
    if (found := place(corner)) is None:
        return "skipped"
    if not install(corner, *found):
        return "failed"
    python = ROOT / ".venvs" / corner.name / "bin/python"
    run(UV, "pip", "list", "--quiet", "--python", python, "--format", "freeze")
    tests = [] if FULL else ["-m", "contract"]
    # Both run whatever the first says: one look at the log shows everything that is wrong with the corner.
    results = [
        run(python, "-m", "pytest", "-n", "auto", "--quiet", "-p", "no:cacheprovider", *tests),
        run(python, "scripts/shapes.py", *SHAPES),
    ]
    return "passed" if all(results) else "failed"


def main() -> int:
    names = sys.argv[1:] or [corner.name for corner in CORNERS]
    if unknown := set(names) - {corner.name for corner in CORNERS}:
        sys.exit(f"No such corner: {', '.join(unknown)}. There are {', '.join(c.name for c in CORNERS)}.")
    summary, red = [], False
    for corner in (corner for corner in CORNERS if corner.name in names):
        started = time.monotonic()
        print(f"\n== {corner.name}: {corner.wagtail}, {corner.django}", flush=True)
        state = hold(corner)
        red |= state == "failed" and not corner.may_fail
        note = " (a pre-release: reported, not counted)" if corner.may_fail and state == "failed" else ""
        summary.append(f"corner {corner.name}: {state} in {time.monotonic() - started:.0f} s{note}")
    print("\n" + "\n".join(summary))
    return int(red)


if __name__ == "__main__":
    sys.exit(main())
