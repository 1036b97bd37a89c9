"""Computed fields of the page types on Wagtail's own API.

A DRF field with a typed `to_representation` serves API v2 as it is, and API v3 reads its schema from the
annotation. Version 3 binds no request, so nothing here may need one.
"""

from typing import Any

import wagtail
from rest_framework.fields import Field
from wagtail.api import APIField

from wagtail_massage.benefits.images import ImageObject

from . import documents
from .documents import (
    MassageAuthor,
    MassageBodyArea,
    MassageContraindication,
    MassageGuidance,
    MassageOption,
    MassagePageLink,
    MassageParts,
    MassageReading,
)

WRITABLE_FIELDS = wagtail.VERSION >= (8, 0)


def api_field(name: str, *, serializer: Field | None = None, writable: bool = False) -> APIField:
    """Return an `APIField`; Wagtail 7.4 does not know `writable` and does without."""
    extra = {"writable": True} if writable and WRITABLE_FIELDS else {}
    return APIField(name, serializer=serializer, **extra)


class PageField(Field):
    """A read-only field that is computed from the whole page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"read_only": True, **kwargs})

    def get_attribute(self, instance: Any) -> Any:
        """Return the page itself."""
        return instance


class HeroField(PageField):
    """The hero image with its renditions, or null."""

    def to_representation(self, page: Any) -> ImageObject | None:
        return documents.heroes([page])[0]


class ReadingField(PageField):
    """Words and minutes."""

    def to_representation(self, page: Any) -> MassageReading:
        return documents.reading(page)


class PartsField(PageField):
    """Which blocks introduce and close the article."""

    def to_representation(self, page: Any) -> MassageParts:
        return documents.parts(page)


class GuidanceField(PageField):
    """What to expect, how to prepare, aftercare."""

    def to_representation(self, page: Any) -> MassageGuidance:
        return documents.guidance(page)


class OptionsField(PageField):
    """The options that are offered."""

    def to_representation(self, page: Any) -> list[MassageOption]:
        return documents.options(page.get_options(), page.get_site())


class ContraindicationsField(PageField):
    """The contraindications, the gravest first."""

    def to_representation(self, page: Any) -> list[MassageContraindication]:
        return documents.contraindications(page.get_contraindications())


class BodyAreasField(PageField):
    """The body areas, by name."""

    def to_representation(self, page: Any) -> list[MassageBodyArea]:
        return documents.body_areas(page.body_areas.all())


class AuthorField(PageField):
    """The author, or null."""

    def to_representation(self, page: Any) -> MassageAuthor | None:
        return documents.author(page.author)


class RelatedTreatmentsField(PageField):
    """The public treatments that an article is about."""

    def to_representation(self, page: Any) -> list[MassagePageLink]:
        from .presentation import public_treatments

        return documents.page_links(public_treatments(page, page.get_site()))


class RelatedArticlesField(PageField):
    """The public articles about a treatment."""

    def to_representation(self, page: Any) -> list[MassagePageLink]:
        from .presentation import public_articles

        return documents.page_links(public_articles(page, page.get_site()))
