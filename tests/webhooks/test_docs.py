"""The document's own words about verifying, run as they stand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from wagtail_massage.webhooks import signing
from wagtail_massage.webhooks.events import TEST, EventType

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"
SECRET = signing.make_secret()
BODY = '{"title":"Wärme"}'.encode()

pytestmark = pytest.mark.skipif(not DOCUMENT.is_file(), reason="the folder of the wheel tests holds no docs")


def code(language):
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text(), flags=re.DOTALL)
    return found


def cases():
    """Return headers, body, secret, and whether they belong together."""
    now = int(time.time())

    def headers(*secrets, stamp=now):
        return signing.headers(message="msg_1", timestamp=stamp, body=BODY, secrets=secrets)

    return [
        (headers(SECRET), BODY, SECRET, True),
        (headers(signing.make_secret(), SECRET), BODY, SECRET, True),
        (headers(signing.make_secret()), BODY, SECRET, False),
        (headers(SECRET), BODY + b" ", SECRET, False),
        (headers(SECRET, stamp=now - 400), BODY, SECRET, False),
        ({**headers(SECRET), "webhook-signature": "v1,"}, BODY, SECRET, False),
    ]


def test_python_verifies():
    names = {}
    exec(code("python"), names)
    assert [names["verify"](*case[:3]) for case in cases()] == [case[3] for case in cases()]


def test_node_verifies():
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node")
    given = json.dumps([[headers, body.decode(), secret] for headers, body, secret, _ in cases()])
    program = f"{code('js')}\nconst cases = {given};\nconsole.log(JSON.stringify(cases.map((one) => verify(...one))));"
    done = subprocess.run(
        [node, "--input-type=module", "-"], input=program.encode(), capture_output=True, check=True
    )
    assert json.loads(done.stdout) == [case[3] for case in cases()]


def test_every_event_is_described():
    listed = re.findall(
        r"^\| `((?:page|comment|webhook)\.[a-z_]+)` \|", DOCUMENT.read_text(), flags=re.MULTILINE
    )
    assert listed == [*EventType.values, TEST]
