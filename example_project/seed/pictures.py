"""The drawings of `content` as Wagtail images."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from wagtail_massage.benefits.images import image_objects

from ..content.drawings import ALT_TEXT, draw
from ..content.loader import Content

SIZE = (1600, 1067)
QUALITY = 85

Images = Mapping[str, AbstractImage]
"""Images by the key of their drawing."""


def needed(content: Content) -> list[str]:
    """Return the keys of the drawings that the content names, each once."""
    keys = [content.site.home.image, *(treatment.image for treatment in content.treatments)]
    for article in content.articles:
        keys += [article.image, *(item.image for item in article.items)]
    return list(dict.fromkeys(filter(None, keys)))


def make(content: Content, *, step: Callable[[], None]) -> Images:
    """Draw and store every image, with the sizes that pages offer, so that the first visitor need not wait."""
    images = {}
    for key in needed(content):
        images[key] = _store(key)
        image_objects([images[key]])
        step()
    return images


def _store(key: str) -> AbstractImage:
    buffer = BytesIO()
    draw(key, SIZE).save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    image = get_image_model()(title=key.replace("-", " ").capitalize(), description=ALT_TEXT[key])
    image.file = ContentFile(buffer.getvalue(), name=f"{key}.jpg")
    image.width, image.height = SIZE
    image.save()
    return image
