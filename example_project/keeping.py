"""Where the demo keeps what it makes: MASSAGE_DEMO_DIR, else `var/` beside this package."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def home_folder() -> Path:
    """Return the demo's own folder, made if it is not there."""
    chosen = os.environ.get("MASSAGE_DEMO_DIR")
    folder = Path(chosen).expanduser().resolve() if chosen else Path(__file__).resolve().parent.parent / "var"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept_secret(path: Path) -> str:
    """Return the secret in `path`, made at the first call and readable by its owner alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret := secrets.token_urlsafe(50))
    return secret
