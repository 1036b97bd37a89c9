"""Images as browsers and front ends need them: sizes, formats, alt text, made or found in one query."""

from __future__ import annotations

import copy
import mimetypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NamedTuple

from typing_extensions import TypedDict  # pydantic refuses typing.TypedDict before Python 3.12
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError

from ..statements import Statement, some_ids
from .conf import settings


class ImageSource(TypedDict):
    """One `<source>`: all widths of one format."""

    type: str
    srcset: str


class MassageFocalPoint(TypedDict):
    """What an image is about, as fractions of its width and height, 0 to 1."""

    x: float
    y: float


class ImageObject(TypedDict):
    """One image. `width` and `height` are those of `src` in pixels; the focal point is a fraction.

    `src` is None and `sources` empty when the original file is missing or unreadable.
    """

    id: int
    alt: str
    width: int | None
    height: int | None
    focal_point: MassageFocalPoint | None
    src: str | None
    sources: list[ImageSource]


class FetchedImage(NamedTuple):
    """An image with what browsers need of it."""

    image: AbstractImage
    described: ImageObject


_fetched: ContextVar[Mapping[int, FetchedImage]] = ContextVar("massage_fetched_images")


def image_objects(images: Sequence[AbstractImage], *, base_url: str = "") -> list[ImageObject]:
    """Return one object per image, in order. One query, whatever their number, once the renditions exist.

    `base_url` is put before addresses that name no host, for readers on another origin.
    """
    specs = _all_specs()
    wanted = [spec for of_format in specs.values() for spec in of_format]
    renditions = _find(images, wanted)
    return [_describe(image, specs, _complete(image, wanted, renditions), base_url) for image in images]


def fetch_images(ids: Iterable[int], *, base_url: str = "") -> dict[int, FetchedImage]:
    """Return the images with these ids, described. One query for images and renditions, once these exist."""
    ids = set(ids)
    if not ids:
        return {}
    specs = _all_specs()
    wanted = [spec for of_format in specs.values() for spec in of_format]
    model = get_image_model()
    found: dict[tuple[int, str, str], AbstractRendition] = {}
    images: dict[int, AbstractImage] = {}
    for rendition in _renditions(model, len(ids), tuple(wanted)).run(list(ids)):
        found[rendition.image_id, rendition.filter_spec, rendition.focal_point_key] = rendition
        images[rendition.image_id] = rendition.image
    if missing := ids - images.keys():
        images |= model.objects.in_bulk(missing)
    return {
        pk: FetchedImage(image, _describe(image, specs, _complete(image, wanted, found), base_url))
        for pk, image in images.items()
    }


@lru_cache(maxsize=256)
def _renditions(model: Any, size: int, specs: tuple[str, ...]) -> Statement:
    """The renditions of so many images, with these: takes the ids."""
    ids = some_ids(size)
    rows = model.get_rendition_model().objects.filter(image_id__in=ids, filter_spec__in=specs)
    return Statement(rows.select_related("image"), ids)


@contextmanager
def offering(images: Mapping[int, FetchedImage]) -> Iterator[None]:
    """Let image blocks that read stored values in here take these images, instead of asking for them."""
    token = _fetched.set(images)
    try:
        yield
    finally:
        _fetched.reset(token)


def offered(ids: Iterable[int | None]) -> list[AbstractImage | None] | None:
    """Return a copy of each image that is on offer, in order; None where any of them is not."""
    images = _fetched.get({})
    ids = list(ids)
    if not all(pk is None or pk in images for pk in ids):
        return None
    # Copies, because each use of an image writes its own alt text to the instance.
    return [None if pk is None else copy.copy(images[pk].image) for pk in ids]


def alt_text(image: AbstractImage) -> str:
    """Return the alt text for this use of the image: "" when decorative, the image's own when none was given."""
    if getattr(image, "decorative", False):
        return ""
    return getattr(image, "contextual_alt_text", None) or image.default_alt_text or ""


def _all_specs() -> dict[str, list[str]]:
    return {image_format: _specs(image_format) for image_format in settings.image_formats}


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
    keys = {spec: (image.pk, spec, _filter(spec).get_cache_key(image)) for spec in specs}
    if all(key in found for key in keys.values()):
        return {spec: found[key] for spec, key in keys.items()}
    try:
        # A copy, because making renditions writes to the instance, which the caller may share.
        return copy.copy(image).get_renditions(*specs)
    except (SourceImageIOError, OSError):
        return {}


@lru_cache(maxsize=64)
def _filter(spec: str) -> Filter:
    return Filter(spec=spec)


def _describe(
    image: AbstractImage,
    specs: dict[str, list[str]],
    renditions: dict[str, AbstractRendition],
    base_url: str,
) -> ImageObject:
    sources: list[ImageSource] = []
    fallback = None
    for of_format in specs.values():
        sized = list(
            {renditions[spec].width: renditions[spec] for spec in of_format if spec in renditions}.values()
        )
        if sized:
            urls = [absolute(rendition.url, base_url) for rendition in sized]
            srcset = ", ".join(f"{url} {found.width}w" for url, found in zip(urls, sized, strict=True))
            sources.append({"type": _mime_type(sized[0].file.name), "srcset": srcset})
            fallback = sized[len(sized) // 2]
    return {
        "id": image.pk,
        "alt": alt_text(image),
        "width": fallback.width if fallback else None,
        "height": fallback.height if fallback else None,
        "focal_point": _focal_point(image),
        "src": absolute(fallback.url, base_url) if fallback else None,
        "sources": sources,
    }


def absolute(url: str, base_url: str) -> str:
    """Return `url` with `base_url`, which has no slash at its end, before it where it names no host."""
    return base_url + url if url.startswith("/") and not url.startswith("//") else url


def _mime_type(name: str) -> str:
    if name.endswith(".avif"):
        return "image/avif"  # unknown to Python 3.11's table
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _focal_point(image: AbstractImage) -> MassageFocalPoint | None:
    if not image.has_focal_point() or not image.width or not image.height:
        return None
    return {
        "x": round(image.focal_point_x / image.width, 4),
        "y": round(image.focal_point_y / image.height, 4),
    }
