"""What the tests of the comment element share: opening a page with it, under a strict policy, and waiting."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
BUILT = "**/massage-comments.min.js"

# Notes what a policy refused, and what runs that nobody of ours has written.
_WATCH = """
window.refused = []; window.ran = [];
document.addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective + event.sample));
for (const name of ["alert", "prompt", "confirm", "print"]) window[name] = (text) => void ran.push(`${name} ${text}`);
"""


def open_with_element(browser: Any, page: Any, *, fragment: str = "", policy: str = POLICY) -> Any:
    """Open a page whose comments stand in the element, and wait until it has taken over. Returns the element."""
    watch(browser, page, policy=policy)
    browser.goto(f"{page.url}{fragment}")
    return taken_over(browser)


def watch(browser: Any, page: Any, *, policy: str = POLICY) -> None:
    def serve(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    browser.add_init_script(_WATCH)
    browser.route(f"**{page.url}", serve)


def taken_over(browser: Any) -> Any:
    element = browser.locator("massage-comments")
    element.scroll_into_view_if_needed()
    eventually(lambda: browser.evaluate("!!document.querySelector('massage-comments').shadowRoot"))
    return element


def focused(browser: Any) -> str:
    """Return the id, or else the text, of what has the focus inside of the element."""
    return browser.evaluate(
        "(() => { const node = document.querySelector('massage-comments')?.shadowRoot?.activeElement;"
        " return node ? node.id || node.textContent : '' })()"
    )


def stored(browser: Any) -> str:
    """Return all that stays on the device."""
    return browser.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")


def eventually(holds: Callable[[], Any], *, seconds: float = 15) -> Any:
    """Return what `holds` gives as soon as it gives something."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < deadline, "It has not happened."
        time.sleep(0.1)
    return found
