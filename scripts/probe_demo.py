"""Start the demo of the current folder as a newcomer would, and ask it for its front doors.

The port is taken on purpose, so that stepping aside is proved too. Everything lies in a temporary folder. A
second start must find its work done.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PATIENCE = 180
DOORS = [
    "/",
    "/admin/login/",
    "/api/massage/v1/openapi.json",
    "/api/massage/v1/docs/",
    "/static/wagtailadmin/css/core.css",
]
SITE_LINE = re.compile(rb"Site\s+(http://localhost:\d+)/")
PASSWORD_LINE = re.compile(rb"password \S+ \(shown only now\)")


def serve_and_ask(environment: dict[str, str]) -> bytes:
    """Start the demo, ask for every door, stop it with Ctrl+C and return what it said."""
    started = time.monotonic()
    # A shell's background jobs are deaf to Ctrl+C, and would hand that on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "example_project"]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            site = wait_for_site(process, log)
            print(f"serving after {time.monotonic() - started:.1f} s at {site}")
            for door in DOORS:
                ask(site + door)
        finally:
            process.send_signal(signal.SIGINT)
            status = process.wait(timeout=20)
        log.seek(0)
        said = log.read()
    print(said.decode())
    if status or b"Traceback" in said:
        sys.exit(f"The demo ended with status {status} or a traceback, see above.")
    return said


def wait_for_site(process: subprocess.Popen, log: object) -> str:
    """Return the site's address as soon as the demo has printed it.

    Raises:
        SystemExit: when the demo ends before, or PATIENCE seconds have passed.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        text = os.pread(log.fileno(), 1 << 20, 0)
        if found := SITE_LINE.search(text):
            return found[1].decode()
        time.sleep(0.2)
    sys.exit(f"The demo did not come up:\n{os.pread(log.fileno(), 1 << 20, 0).decode()}")


def ask(address: str) -> None:
    """Ask for one address; anything but 200 with a body ends the probe."""
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            body = response.read()
    except urllib.error.HTTPError as error:
        sys.exit(f"{address} answered {error.code}: {error.read()[:500]!r}")
    print(f"200 {address} ({len(body)} bytes)")
    if address.endswith("/docs/") and b"cdn." in body:
        sys.exit(f"{address} needs a CDN, so it would be empty offline.")
    if address.endswith(".json"):
        print(f"    paths: {', '.join(json.loads(body)['paths'])}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as squatter:
        taken = squatter.getsockname()[1]
        environment = {
            **os.environ,
            "PORT": str(taken),
            "MASSAGE_DEMO_DIR": folder,
            "DATABASE_URL": "sqlite:////nowhere",
        }
        environment |= {"DJANGO_SETTINGS_MODULE": "nowhere.settings"}
        first, second = serve_and_ask(environment), serve_and_ask(environment)
    if b"is taken" not in first:
        sys.exit("The demo did not say that it stepped aside for the taken port.")
    if not PASSWORD_LINE.search(first) or PASSWORD_LINE.search(second):
        sys.exit("The password must be shown at the first start and at no other.")
    if b"up to date" not in second:
        sys.exit("The second start did its work again.")
    print("The demo starts, steps aside, answers, stops, and starts again.")


if __name__ == "__main__":
    main()
