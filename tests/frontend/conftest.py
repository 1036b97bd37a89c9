"""The demo's front end, run in Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "example_project" / "frontend"


@pytest.fixture(scope="session")
def node() -> str:
    """Return Node's path; skip where there is none, or one that is too old."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("needs Node 20 or newer")
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").split(".")[0]) < 20:
        pytest.skip(f"needs Node 20 or newer, this is {version.strip()}")
    return found


@pytest.fixture
def evaluate(node: str) -> Callable[..., Any]:
    """Return a function that gives what an expression over the modules of the front end is, with `data` as `data`."""

    def run(expression: str, data: Any = None) -> Any:
        program = (
            "import * as html from './html.js'; import * as blocks from './blocks.js';"
            "import * as webhook from './webhook.js'; import * as pages from './pages.js';"
            f"const data = {json.dumps(data)}; console.log(JSON.stringify({expression}));"
        )
        command = [node, "--input-type=module", "--eval", program]
        done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False, timeout=30)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
