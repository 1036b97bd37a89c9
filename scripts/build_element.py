"""Build massage-comments.min.js of the comment element from its modules: `make element`. Needs Node 20 and npm.

The first line of what is built names its sources by their digest, so that `check_project` sees without Node whether
it is up to date.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ELEMENT = ROOT / "wagtail_massage/comments/static/wagtail_massage_comments/element"
BUILT = ELEMENT / "massage-comments.min.js"
ESBUILD = "esbuild@0.25.12"
TERSER = "terser@5.44.1"
TARGET = "chrome90,safari16.4"


# Names that modules share and nobody else knows; what the API says, and parts and events, keep theirs.
PRIVATE = (
    "ask say own read token policy language drafts send amend redraw dismiss unfold heading fetchPart mayWrite "
    "known total order nodes grow restart put drop lead item slot list article back more comment thread run watch "
    "onHash keep"
)


def sources() -> list[Path]:
    return [ELEMENT / "massage-comments.js", *sorted((ELEMENT / "modules").iterdir())]


def digest() -> str:
    """Return 8 hex digits that change with the sources and with what builds them."""
    found = hashlib.sha256(f"{ESBUILD} {TERSER} {TARGET} {PRIVATE}".encode())
    for path in sources():
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:8]


def banner() -> str:
    return f"/*! {digest()} */"


def build(target: Path, *, offline: bool = False) -> None:
    """Write the bundle to `target`; with `offline` from npm's cache alone.

    Raises:
        FileNotFoundError: without npx.
        subprocess.CalledProcessError: if esbuild is not to be had, or finds a fault.
    """
    if (npx := shutil.which("npx")) is None:
        raise FileNotFoundError("npx, which comes with Node, is not installed.")
    run = [
        npx,
        "--yes",
        *(["--offline"] if offline else []),
        f"--package={ESBUILD}",
        f"--package={TERSER}",
        "--",
    ]
    command = [*run, "esbuild"]
    command += ["--minify", "--log-level=warning", "--charset=utf8", f"--target={TARGET}"]
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name, "element")
        shutil.copytree(ELEMENT, copy)
        styles = "modules/styles.css"  # minified first: in the bundle it is a text
        subprocess.run([*command, ELEMENT / styles, f"--outfile={name}/styles.css"], check=True, cwd=name)
        shutil.copy(f"{name}/styles.css", copy / styles)
        options = ["--bundle", "--format=esm", "--loader:.css=text", "--legal-comments=none"]
        private = "|".join(PRIVATE.split())
        options += [f"--mangle-props=^({private})$", f"--outfile={name}/bundle.js"]
        subprocess.run([*command, copy / "massage-comments.js", *options], check=True, cwd=name)
        # esbuild joins and lowers; terser takes three hundred bytes more out of it.
        compress = "passes=5,ecma=2020,unsafe_arrows,unsafe_methods"
        squeeze = ["--module", "--mangle", "--compress", compress, "--ecma", "2020"]
        squeeze += ["--format", f"preamble='{banner()}'", "--output", target]
        subprocess.run([*run, "terser", f"{name}/bundle.js", *squeeze], check=True, cwd=name)


if __name__ == "__main__":
    try:
        build(BUILT)
    except FileNotFoundError as error:
        sys.exit(str(error))
