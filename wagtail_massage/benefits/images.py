"""Images as browsers and front ends need them: sizes, formats, alt text, made or found in one query."""

from __future__ import annotations

import copy
import mimetypes
from collections.abc import Iterable, Sequence
from typing import Any

from typing_extensions import TypedDict  # pydantic refuses typing.TypedDict before Python 3.12
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError

from .conf import settings


class ImageSource(TypedDict):
    """One `<source>`: all widths of one format."""

    type: str
    srcset: str


class ImageObject(TypedDict):
    """One image. `width` and `height` are those of `src` in pixels; the focal point is a fraction, 0 to 1.

    `src` is None and `sources` empty when the original file is missing or unreadable.
    """

    id: int
    alt: str
    width: int | None
    height: int | None
    focal_point: dict[str, float] | None
    src: str | None
    sources: list[ImageSource]


def image_objects(images: Sequence[AbstractImage]) -> list[ImageObject]:
    """Return one object per image, in order. One query, whatever their number, once the renditions exist."""
    specs = {image_format: _specs(image_format) for image_format in settings.image_formats}
    wanted = [spec for of_format in specs.values() for spec in of_format]
    renditions = _find(images, wanted)
    return [_describe(image, specs, _complete(image, wanted, renditions)) for image in images]


def alt_text(image: AbstractImage) -> str:
    """Return the alt text for this use of the image: "" when decorative, the image's own when none was given."""
    if getattr(image, "decorative", False):
        return ""
    return getattr(image, "contextual_alt_text", None) or image.default_alt_text or ""


def _specs(image_format: str) -> list[str]:
    return [f"width-{width}|format-{image_format}" for width in settings.image_widths]


def _find(
    images: Iterable[AbstractImage], specs: Sequence[str]
) -> dict[tuple[int, str, str], AbstractRendition]:
    ids = {image.pk for image in images}
    if not ids:
        return {}
    model = next(iter(images)).get_rendition_model()
    found = model.objects.filter(image_id__in=ids, filter_spec__in=specs)
    return {
        (rendition.image_id, rendition.filter_spec, rendition.focal_point_key): rendition
        for rendition in found
    }


def _complete(
    image: AbstractImage, specs: Sequence[str], found: dict[Any, Any]
) -> dict[str, AbstractRendition]:
    """Return the renditions of `image` by spec, making those that are missing; {} if the file cannot be read."""
    keys = {spec: (image.pk, spec, Filter(spec=spec).get_cache_key(image)) for spec in specs}
    if all(key in found for key in keys.values()):
        return {spec: found[key] for spec, key in keys.items()}
    try:
        # A copy, because making renditions writes to the instance, which the caller may share.
        return copy.copy(image).get_renditions(*specs)
    except (SourceImageIOError, OSError):
        return {}


def _describe(
    image: AbstractImage, specs: dict[str, list[str]], renditions: dict[str, AbstractRendition]
) -> ImageObject:
    sources: list[ImageSource] = []
    fallback = None
    for of_format in specs.values():
        sized = list(
            {renditions[spec].width: renditions[spec] for spec in of_format if spec in renditions}.values()
        )
        if sized:
            srcset = ", ".join(f"{rendition.url} {rendition.width}w" for rendition in sized)
            sources.append({"type": _mime_type(sized[0].file.name), "srcset": srcset})
            fallback = sized[len(sized) // 2]
    return {
        "id": image.pk,
        "alt": alt_text(image),
        "width": fallback.width if fallback else None,
        "height": fallback.height if fallback else None,
        "focal_point": _focal_point(image),
        "src": fallback.url if fallback else None,
        "sources": sources,
    }


def _mime_type(name: str) -> str:
    if name.endswith(".avif"):
        return "image/avif"  # unknown to Python 3.11's table
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _focal_point(image: AbstractImage) -> dict[str, float] | None:
    if not image.has_focal_point() or not image.width or not image.height:
        return None
    return {
        "x": round(image.focal_point_x / image.width, 4),
        "y": round(image.focal_point_y / image.height, 4),
    }
