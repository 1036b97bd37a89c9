"""The demo's second site: a front end in Node that reads the API. It is started where Node is there; the rest of the
demo does without."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(__file__).resolve().parent / "frontend"
ELEMENT = "wagtail_massage_comments/element/massage-comments.min.js"
OLDEST = 20  # Node's version
WITHOUT = f"not started: Node {OLDEST} or newer was not found; the site does without"
ENDPOINT = "Front end of the demo"


def choose_origin(*, after: int) -> str:
    """Return the origin that the front end will have, on the first free port after another one; nothing where it
    cannot run.

    Raises:
        OSError: when none of the next ports is free.
    """
    if not has_node():
        return ""
    for port in range(after + 1, min(after + 51, 65536)):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return f"http://localhost:{port}"
    raise OSError(f"no port after {after} is free")


def has_node() -> bool:
    if not shutil.which("node"):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    major = version.strip().removeprefix("v").split(".")[0]
    return major.isdecimal() and int(major) >= OLDEST


def subscribe(origin: str) -> str:
    """Let the site tell the front end what changes; return the secret that its messages are signed with."""
    from django.utils import timezone

    from wagtail_massage.webhooks.models import WebhookEndpoint
    from wagtail_massage.webhooks.secrets import add_secret

    if not origin:
        WebhookEndpoint.objects.filter(name=ENDPOINT).update(is_active=False)
        return ""
    wanted = {"url": f"{origin}/hooks/massage", "is_active": True}
    endpoint, _made = WebhookEndpoint.objects.update_or_create(name=ENDPOINT, defaults=wanted)
    current = endpoint.current_secrets()
    return current[0] if current else add_secret(endpoint, now=timezone.now()).key


@contextlib.contextmanager
def running(origin: str, *, cms: str, secret: str) -> Iterator[None]:
    """Run the front end at `origin` beside the CMS at `cms`, and stop it in the end; nothing if it has no origin."""
    if not origin:
        yield
        return
    from django.contrib.staticfiles import finders

    environment = os.environ | {
        "PORT": str(urlsplit(origin).port),
        "CMS": cms,
        "WEBHOOK_SECRET": secret,
        "ELEMENT": finders.find(ELEMENT) or "",
    }
    process = subprocess.Popen(["node", "server.js"], cwd=FOLDER, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
