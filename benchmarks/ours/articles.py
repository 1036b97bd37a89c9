"""`python -m benchmarks.ours.articles`: fill our database with the articles, print their ids in order."""

from __future__ import annotations

import json
from typing import Any

from django.core.management import call_command

from benchmarks import articles, database, publishing
from benchmarks.ours import wsgi  # noqa: F401 (sets Django up)
from benchmarks.ours.settings import NAME


def seed() -> dict[str, Any]:
    """Return {"pages": ids}."""
    from wagtail_massage.benefits.images import fetch_images
    from wagtail_massage.pages.models import BenefitListPage

    call_command("migrate", verbosity=0)
    images = publishing.make_images()
    pages = publishing.publish(lambda article: BenefitListPage(body=_body(article, images)))
    fetch_images([image.pk for image in images])  # makes the renditions
    return {"pages": pages}


def _body(article: articles.Article, images: list[Any]) -> list[Any]:
    entries = [
        (
            "benefit",
            {
                "heading": item.heading,
                "body": [("text", {"rich_text": item.html})],
                "image": None if item.image is None else images[item.image],
            },
        )
        for item in article.items
    ]
    return [("text", {"rich_text": article.introduction}), ("benefit_list", {"benefits": entries})]


if __name__ == "__main__":
    database.create(NAME)
    print(json.dumps(seed()))
