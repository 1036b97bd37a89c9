"""`python -m benchmarks.bare.seeding`: fill the database of bare Wagtail with the articles, print their ids."""

from __future__ import annotations

import json
from typing import Any

from django.core.management import call_command

from benchmarks import articles, database, publishing
from benchmarks.bare import wsgi  # noqa: F401 (sets Django up)
from benchmarks.bare.settings import NAME


def seed() -> dict[str, Any]:
    """Return {"pages": ids}."""
    from wagtail.models import Site

    from benchmarks.bare.models import ArticlePage, EmptyPage

    call_command("migrate", verbosity=0)
    images = publishing.make_images()
    for image in images:
        image.get_rendition("width-600")

    def make(article: articles.Article) -> ArticlePage:
        return ArticlePage(introduction=article.introduction, body=_body(article, images))

    Site.objects.get().root_page.add_child(instance=EmptyPage(title="Nothing", slug="nothing"))
    return {"pages": publishing.publish(make)}


def _body(article: articles.Article, images: list[Any]) -> list[Any]:
    return [
        (
            "item",
            {
                "heading": item.heading,
                "body": item.html,
                "image": None if item.image is None else images[item.image],
            },
        )
        for item in article.items
    ]


if __name__ == "__main__":
    database.create(NAME)
    print(json.dumps(seed()))
