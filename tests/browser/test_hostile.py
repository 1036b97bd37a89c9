"""Hostile texts on every page of the desk, in Chromium: nothing runs, and nothing is a link before it is approved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.comments.desk import desk_url
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Origin
from wagtail_massage.comments.models import DeskText, HealthQuestion, VisitorComment
from wagtail_massage.comments.receipts import make_receipt
from wagtail_massage.comments.text import Unreadable, clean_body, clean_name
from wagtail_massage.testing.comments import VisitorCommentFactory

HIT = "window.__hit=1"
OWN = [
    f"<script>{HIT}</script>",
    f'"><img src=x onerror="{HIT}">',
    f"' autofocus onfocus='{HIT}",
    f"</textarea></template></script><svg onload={HIT}>",
    f'<details open ontoggle="{HIT}">',
    f"<math><mtext><table><mglyph><style><!--</style><img title='--><img src onerror={HIT}>'>",
    f"{{{{constructor.constructor('{HIT}')()}}}}",
    f"javascript:{HIT}//https://evil.example/",
    f'<a href="javascript:{HIT}">https://evil.example/</a>',
    "https://evil.example/?a=1 www.evil.example mailto:a@evil.example",
    f'<iframe srcdoc="<script>parent.{HIT.removeprefix("window.")}</script>"></iframe>',
]
SEEN = 60  # texts of the shared corpus that each page is shown with


def of_the_shared_corpus() -> list[str]:
    """Return texts of the shared corpus, from all of its length, that call what a test would notice."""
    path = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile" / "xss.shared.jsonl"
    if not path.is_file():
        pytest.skip(f"needs {path.name} in the test data beside the checkout")
    texts = [json.loads(line).get("text", "") for line in path.read_text().splitlines()]
    loud = [text for text in texts if "alert" in text and len(text) < 1500]
    return loud[:: max(1, len(loud) // SEEN)]


def readable(texts: list[str]) -> list[str]:
    found = []
    for text in texts:
        try:
            clean_name(text[:80])
            found.append(clean_body(text))
        except Unreadable:
            continue
    return found


@pytest.fixture(params=["own", "shared"])
def texts(request: Any) -> list[str]:
    found = readable(OWN if request.param == "own" else of_the_shared_corpus())
    assert len(found) >= len(OWN) - 1
    return found


@pytest.fixture
def pages(texts: list[str], page: Any, moderator: Any) -> dict[str, str]:
    """Comments with such texts and names in each lane; returns the addresses of what shows them."""
    now, body = timezone.now(), "\n\n".join(texts)[:4000]
    page.title = texts[0][:255]
    page.save()
    for text in texts:
        VisitorCommentFactory(page=page, status="PENDING", body=text, author_name=text[:80])
    name = texts[0][:80]
    waiting = VisitorCommentFactory(page=page, status="PENDING", body=body, author_name=name)
    actions.add_note(waiting, body=texts[1], by=moderator, now=now)
    public = VisitorCommentFactory(page=page, author_name=name)
    told = Origin(address="192.0.2.1")
    actions.report(public, reason="OTHER", note=texts[1][:200], origin=told, now=now)
    actions.edit(waiting, body=f"{body[:3900]}\nagain", by=moderator, now=now)
    asked = VisitorCommentFactory(page=page, status="PENDING", body=body, author_name=name)
    asked = actions.set_apart(VisitorComment.objects.get(pk=asked.pk), is_urgent=True, by=moderator, now=now)
    actions.answer_question(asked, body=texts[1], by=moderator, now=now)
    DeskText.objects.create(kind="REPLY", title=texts[0][:80], body=texts[1])
    assert HealthQuestion.objects.exists()
    return {
        "pending": desk_url("index"),
        "all": desk_url("lane", "all"),
        "health": desk_url("lane", "answered"),
        "conversation": desk_url("inspect", waiting.pk),
        "question": desk_url("inspect", asked.pk),
        "reported": desk_url("inspect", public.pk),
        "policy": desk_url("policy", page.pk),
        "search": f"{desk_url('index')}?q=%3Cscript%3E",
        "texts": desk_url("texts"),
        "entries": desk_url("entries"),
        "report": desk_url("report"),
        "privacy": desk_url("privacy"),
        "receipts": desk_url("receipts"),
        "home": reverse("wagtailadmin_home"),
        "editor": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "receipt": reverse("wagtail_massage_comments:receipt", args=[make_receipt(asked)]),
    }


@pytest.fixture
def watched(visit: Any, moderator: Any) -> Any:
    """A browser that notes every dialog and every call that a hostile text would make."""
    opened = visit(moderator)
    opened.heard = []
    opened.on("dialog", lambda dialog: (opened.heard.append(dialog.message), dialog.dismiss()))
    names = ("alert", "confirm", "prompt", "print")
    opened.add_init_script(";".join(f"window.{name} = () => {{ window.__hit = '{name}' }}" for name in names))
    return opened


def assert_dead(opened: Any, place: str) -> None:
    opened.wait_for_load_state("load")
    assert opened.evaluate("window.__hit") is None, place
    assert opened.heard == [], place
    live = opened.evaluate(
        "[...document.querySelectorAll('a[href]')].map((link) => link.href)"
        ".filter((href) => href.includes('evil.example') || /^(javascript|data):/i.test(href))"
    )
    assert live == [], place


class TestDesk:
    def test_runs_nothing_and_links_nothing(self, watched, pages, subtests):
        for place, url in pages.items():
            with subtests.test(place):
                assert watched.goto(url).ok
                assert_dead(watched, place)

    def test_stays_dead_where_only_a_click_leads(self, watched, pages):
        watched.goto(desk_url("index"))
        for box in watched.locator(".massage-card input[type=checkbox]").all()[:5]:
            box.check()
        watched.get_by_role("button", name="Reject …").click()
        assert_dead(watched, "bulk confirmation")
        watched.locator("form button[type=submit]", has_text="Reject").last.click()
        assert_dead(watched, "bulk result")
        watched.goto(desk_url("index"))
        watched.locator(".massage-card").first.locator("button[name=verb][value=reject]").click()
        watched.get_by_role("button", name="Undo").first.wait_for()
        assert_dead(watched, "message with undo")
        watched.goto(pages["conversation"])
        watched.get_by_text("Take words out").click()
        watched.get_by_label("The words, as they stand in the text").fill(readable(OWN)[0][:5])
        watched.get_by_role("button", name="Show what would go").click()
        assert_dead(watched, "redaction")
