"""Writing the articles to a site with Wagtail, whatever its page type is. Django has to be set up."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection

from benchmarks import articles


def make_images() -> list[Any]:
    """Store the pictures of the articles."""
    from wagtail.images.models import Image

    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    files = [ContentFile(articles.image_file(number), f"{number}.jpg") for number in range(articles.IMAGES)]
    return [Image.objects.create(title=f"Picture {number}", file=file) for number, file in enumerate(files)]


def publish(make: Callable[[articles.Article], Any]) -> list[int]:
    """Publish a page for each article below the root of the site; return their ids."""
    from wagtail.models import Site

    root, pages = Site.objects.get().root_page, []
    for article in articles.articles():
        page = make(article)
        page.title, page.slug = article.title, article.slug
        root.add_child(instance=page)
        page.save_revision().publish()
        pages.append(page.pk)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return pages
