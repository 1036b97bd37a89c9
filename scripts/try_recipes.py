"""Build and run the recipes for front ends against a fresh demo: `make recipes`, or with the names of some.

Each is copied to a temporary folder with the types beside it, installed from npm, built, started and asked for its
index, an article and an address where nothing is.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from probe_demo import wait_for_site

ROOT = Path(__file__).resolve().parents[1]
RECIPES = ROOT / "docs" / "recipes"
TYPES = ROOT / "wagtail_massage/comments/static/wagtail_massage_comments/element/api.d.ts"
PLACES = {"nextjs": "lib", "astro": "src/lib"}  # where each expects the types
PATIENCE = 60
LINK = re.compile(r'<a href="(/journal/[^"]+)"')


def main(names: list[str]) -> int:
    unknown = set(names) - set(PLACES)
    if unknown:
        print(f"There is no recipe {', '.join(sorted(unknown))}, only {', '.join(PLACES)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder) / "demo") as cms:
        for name in names or PLACES:
            try_recipe(name, Path(folder) / name, cms)
    return 0


def try_recipe(name: str, folder: Path, cms: str) -> None:
    shutil.copytree(RECIPES / name, folder, ignore=shutil.ignore_patterns("node_modules", ".next", "dist"))
    shutil.copy(TYPES, folder / PLACES[name])
    port = free_port()
    environment = os.environ | {"CMS": cms, "PORT": str(port), "HOST": "127.0.0.1", "CI": "1"}
    for command in (
        ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"],
        ["npm", "run", "build"],
    ):
        print(f"{name}: {' '.join(command)}", flush=True)
        subprocess.run(command, cwd=folder, env=environment, check=True)
    with running(["npm", "start"], cwd=folder, env=environment):
        origin = f"http://127.0.0.1:{port}"
        index = patiently(origin + "/")
        article = LINK.search(index)
        if article is None:
            sys.exit(f"{name}: the index links to no article:\n{index[:2000]}")
        status, html = ask(origin + article[1])
        for wanted in ("<h1", "<h2", "<massage-comments", "srcset"):
            if status != 200 or wanted.lower() not in html.lower():
                sys.exit(f"{name}: {article[1]} answered {status} without {wanted}:\n{html[:2000]}")
        status, _html = ask(f"{origin}/journal/nothing-is-here/")
        if status != 404:
            sys.exit(f"{name}: an address where nothing is answered {status} instead of 404.")
    print(f"{name}: builds, runs, shows an article with comments, and says where nothing is.")


@contextlib.contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Run the demo in `folder`; return its address."""
    environment = os.environ | {"PORT": str(free_port()), "MASSAGE_DEMO_DIR": str(folder)}
    command = [sys.executable, "-m", "example_project"]
    with tempfile.TemporaryFile() as log, running(command, cwd=ROOT, env=environment, stdout=log) as process:
        yield wait_for_site(process, log)


@contextlib.contextmanager
def running(command: list[str], **options: object) -> Iterator[subprocess.Popen]:
    """Run a command with all that it starts, and end them together."""
    process = subprocess.Popen(command, start_new_session=True, **options)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def patiently(address: str) -> str:
    """Return a page as soon as the server answers with one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            status, html = ask(address)
            if status == 200:
                return html
        time.sleep(0.5)
    sys.exit(f"{address} gave no page within {PATIENCE} s.")


def ask(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
