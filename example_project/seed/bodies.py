"""The words of `content` as StreamField data: what Wagtail's editor would have stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.utils.html import escape
from wagtail.images.models import AbstractImage

from ..content.loader import Article, Item, Person
from .pictures import Images

Child = dict[str, Any]
"""One child of a stream: `{"type", "value", "id"}`."""

EMPHASIS = re.compile(r"\*([^*]+)\*")


def rich_text(paragraphs: Iterable[str]) -> str:
    """Return paragraphs of plain text as rich text; `*emphasis*` is the only markup there is."""
    return "".join(f"<p>{_emphasised(paragraph)}</p>" for paragraph in paragraphs)


def child(block_type: str, value: Any) -> Child:
    return {"type": block_type, "value": value, "id": str(uuid4())}


def text(paragraphs: Iterable[str]) -> Child:
    return child("text", {"rich_text": rich_text(paragraphs)})


def article_body(article: Article, images: Images) -> list[Child]:
    """Return introduction, benefit list and closing words."""
    benefits = [benefit(item, images) for item in article.items]
    benefit_list = {
        "lead_in": article.lead_in,
        "kind": article.kind,
        "numbering": article.numbering,
        "start": article.start,
        "show_contents": article.show_contents,
        "benefits": benefits,
    }
    return [text(article.intro), child("benefit_list", benefit_list), text(article.outro)]


def benefit(item: Item, images: Images) -> Child:
    """Return one entry of a benefit list."""
    body = [text(item.paragraphs)]
    if item.quote:
        body.append(child("quote", {"quote": item.quote.text, "attribution": item.quote.attribution}))
    if item.callout:
        callout = {"kind": item.callout.kind, "title": item.callout.title}
        body.append(child("callout", {**callout, "rich_text": rich_text([item.callout.text])}))
    value = {"heading": item.heading, "summary": item.summary, "body": body}
    return child("benefit", {**value, "image": _image(images.get(item.image))})


def people_list(people: Iterable[Person]) -> Child:
    """Return the practitioners as a list without numbers: it does not take reasons to be one."""
    entries = [
        child("benefit", {"heading": person.name, "summary": person.role, "body": [text([person.bio])]})
        for person in people
    ]
    heading = "Who you will meet"
    return child(
        "benefit_list", {"heading": heading, "kind": "OTHER", "numbering": "NONE", "benefits": entries}
    )


def _emphasised(paragraph: str) -> str:
    return EMPHASIS.sub(r"<i>\1</i>", escape(paragraph))


def _image(image: AbstractImage | None) -> dict[str, Any]:
    if image is None:
        return {"image": None, "alt_text": "", "decorative": False}
    return {"image": image.pk, "alt_text": image.description, "decorative": False}
