"""Hold every supported Wagtail to the contract tests, each in an environment of its own under .venvs/.

What is tested is what a site would install: the built wheel, from a folder that holds the tests and not the checkout.
FULL=1 runs all tests instead, in the checkout, whose documents and sources some of them read. Where a corner's Python
is not on the machine, the corner is skipped by name; in CI it is tried on the Python at hand with the newest Django
which that Python allows. The pre-release corner reports and never fails the run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import requires
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
TESTED = ["tests", "example_project", "scripts", "pyproject.toml"]
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


def run(*command: object, folder: Path = ROOT) -> bool:
    """Run `command` from `folder` and return whether it succeeded."""
    words = [str(part) for part in command]
    print("$", " ".join(words), flush=True)
    return subprocess.run(words, cwd=folder).returncode == 0


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


def install(corner: Corner, python: str, django: str, wheel: Path) -> bool:
    home = ROOT / ".venvs" / corner.name
    arguments = ["--quiet", "--python", home / "bin/python", "--reinstall-package", "wagtail-massage"]
    return run(UV, "venv", "--quiet", "--allow-existing", "--python", python, home) and run(
        UV, "pip", "install", *arguments, "--constraint", pins(corner), wheel, "--group", "test",
        "--group", "demo", corner.wagtail, django,
    )  # fmt: skip


def is_wheel(python: Path, folder: Path) -> bool:
    """Tell whether the tests in `folder` would see the installed package, not a checkout beside them."""
    where = "import sys, wagtail_massage; sys.exit('site-packages' not in wagtail_massage.__file__)"
    return run(python, "-c", where, folder=folder)


def hold(corner: Corner, wheel: Path, folder: Path) -> str:
    """Return "passed", "failed" or "skipped"; `folder` holds the tests."""
    if (found := place(corner)) is None:
        return "skipped"
    if not install(corner, *found, wheel):
        return "failed"
    python = ROOT / ".venvs" / corner.name / "bin/python"
    run(UV, "pip", "list", "--quiet", "--python", python, "--format", "freeze")
    tests = ["-m", "pytest", "-n", "auto", "--quiet", "-p", "no:cacheprovider"]
    # All run whatever the first says: one look at the log shows everything that is wrong with the corner.
    results = [
        run(python, *tests) if FULL else run(python, *tests, "-m", "contract", folder=folder),
        run(python, "scripts/shapes.py", "--drift-only", folder=folder),
        run(python, "scripts/shapes.py", "own_base_page", folder=folder),
        is_wheel(python, folder),
    ]
    return "passed" if all(results) else "failed"


def lay_out(place: Path) -> tuple[Path, Path]:
    """Build the wheel and copy what tests it into `place`; return the folder with the tests, and the wheel."""
    folder, dist = place / "project", place / "dist"
    folder.mkdir()
    for name in TESTED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__")
            )
        else:
            shutil.copy2(source, folder)
    if not run(UV, "build", "--quiet", "--wheel", "--out-dir", dist):
        sys.exit("The wheel could not be built.")
    return folder, next(dist.glob("*.whl"))


def main() -> int:
    names = sys.argv[1:] or [corner.name for corner in CORNERS]
    if unknown := set(names) - {corner.name for corner in CORNERS}:
        sys.exit(f"No such corner: {', '.join(unknown)}. There are {', '.join(c.name for c in CORNERS)}.")
    summary, red = [], False
    with tempfile.TemporaryDirectory() as place_of_tests:
        folder, wheel = lay_out(Path(place_of_tests))
        for corner in (corner for corner in CORNERS if corner.name in names):
            started = time.monotonic()
            print(f"\n== {corner.name}: {corner.wagtail}, {corner.django}", flush=True)
            state = hold(corner, wheel, folder)
            red |= state == "failed" and not corner.may_fail
            note = " (a pre-release: reported, not counted)" if corner.may_fail and state == "failed" else ""
            summary.append(f"corner {corner.name}: {state} in {time.monotonic() - started:.0f} s{note}")
    print("\n" + "\n".join(summary))
    return int(red)


if __name__ == "__main__":
    sys.exit(main())
