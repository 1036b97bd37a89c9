"""The same articles for every contender: an introduction and six entries, some 900 words, two of them with an image.

There are more articles than an answer is kept of, so that who asks for one after the other never gets a kept one.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from typing import NamedTuple

from . import content

ARTICLES = 400
"""Django's cache in memory keeps 300 answers."""
ITEMS = 6
IMAGES = 8
LISTED = 20
"""Articles in one list."""
STARTS = range(0, ARTICLES, LISTED)
"""Where lists begin that have no article in common."""
OVERLAPPING = range(60)
"""Where lists begin of the first 79 articles, all different."""

_HEADINGS = [
    "Ease the neck",
    "Sleep through",
    "Let go of the week",
    "Warm hands",
    "Bend again",
    "Rest after sport",
]


class Item(NamedTuple):
    """One entry: `html` is rich text, `image` the number of an image or None."""

    heading: str
    html: str
    image: int | None


class Article(NamedTuple):
    """One article; `introduction` is rich text."""

    title: str
    slug: str
    introduction: str
    items: list[Item]


def articles() -> Iterator[Article]:
    """Yield all articles in the order in which they were written."""
    for number in range(ARTICLES):
        chance = random.Random(f"article-{number}")
        items = [_item(chance, place, number) for place in range(ITEMS)]
        yield Article(f"6 reasons to lie down, part {number}", f"reasons-{number}", _paragraph(chance), items)


def _item(chance: random.Random, place: int, number: int) -> Item:
    html = "".join(_paragraph(chance) for _paragraphs in range(4))
    if place == 2:
        html += "<ul>" + "".join(f"<li>{content.text(chance)}</li>" for _entry in range(3)) + "</ul>"
    return Item(_HEADINGS[place], html, (number + place) % IMAGES if place in {0, 3} else None)


def _paragraph(chance: random.Random) -> str:
    first, _space, rest = content.text(chance).partition(" ")
    return f"<p><b>{first}</b> {rest}</p>"


def image_file(number: int) -> bytes:
    """Return a picture of 1200 by 800 pixels as JPEG."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (1200, 800), (120, 160, 20 * number)).save(file, "JPEG")
    return file.getvalue()
