"""What the endpoints answer and which parameters they read.

Answers are described, never validated: a page whose stored data is older than the code must still be readable.
"""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field
from typing_extensions import TypedDict

from wagtail_massage.slots import MassageCommentsLink

from ..cards import MassageBenefitListCard, MassageTreatmentCard
from ..documents import (
    MassageContraindication,
    MassageGuidance,
    MassagePageLink,
    MassageParts,
    MassageReading,
)
from .blocks import MassageArticleBodyBlock, MassageTreatmentBodyBlock

MAX_LIMIT = 100
MAX_OFFSET = 1_000_000

Order = Literal["title", "-title", "first_published_at", "-first_published_at"]


class MassageSiteQuery(Schema):
    """Which site answers."""

    model_config = ConfigDict(extra="forbid")

    site: str | None = Field(
        None,
        description="“host” or “host:port” of the site that answers; without it the Host header decides.",
    )


class MassageTreatmentQuery(MassageSiteQuery):
    """Which treatments, and in what order."""

    locale: str | None = Field(None, description="Language code; without it pages of all languages.")
    limit: int = Field(20, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_OFFSET)
    order: Order = "title"


class MassageBenefitListQuery(MassageTreatmentQuery):
    """Which articles, and in what order: by default the newest first."""

    order: Order = "-first_published_at"


class MassageTreatmentList(TypedDict):
    """One page of treatments; `count` is their number without limit and offset."""

    items: list[MassageTreatmentCard]
    count: int


class MassageBenefitListList(TypedDict):
    """One page of articles; `count` is their number without limit and offset."""

    items: list[MassageBenefitListCard]
    count: int


class MassageSeo(TypedDict):
    """What the front end's <head> may say."""

    title: str
    description: str


class MassageTreatmentDetail(MassageTreatmentCard):
    """One treatment, whole. `contraindications` come the gravest first: show them before the booking links."""

    seo: MassageSeo
    body: list[MassageTreatmentBodyBlock]
    reading: MassageReading
    guidance: MassageGuidance
    contraindications: list[MassageContraindication]
    articles: list[MassagePageLink]
    comments: MassageCommentsLink | None


class MassageListSummary(TypedDict):
    """All benefit lists of the article in short. `title_count` is the number that the title promises, if any."""

    count: int
    title_count: int | None
    count_ok: bool


class MassageContentsEntry(TypedDict):
    """One entry of a list of contents."""

    number: int | None
    heading: str
    anchor: str


class MassageBenefitListDetail(MassageBenefitListCard):
    """One article, whole."""

    seo: MassageSeo
    body: list[MassageArticleBodyBlock]
    parts: MassageParts
    list: MassageListSummary
    contents: Annotated[
        list[MassageContentsEntry], Field(description="Every benefit of every list, in order.")
    ]
    comments: MassageCommentsLink | None
