"""What the endpoints answer and which parameters they read.

Answers are described, never validated: a page whose stored data is older than the code must still be readable.
"""

from decimal import Decimal
from typing import Annotated, Literal, NotRequired

from ninja import Schema
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType, TypedDict

from wagtail_massage.slots import MassageCommentsLink

from ..cards import MassageBenefitListCard, MassageCard, MassageTreatmentCard
from ..documents import (
    MassageAlternate,
    MassageContraindication,
    MassageGuidance,
    MassagePageLink,
    MassageParts,
    MassageReading,
)
from .blocks import MassageArticleBodyBlock, MassageTreatmentBodyBlock

MAX_LIMIT = 100
MAX_OFFSET = 1_000_000

Order = Literal[
    "title",
    "-title",
    "first_published_at",
    "-first_published_at",
    "last_published_at",
    "-last_published_at",
]
PageId = Annotated[int, Field(ge=1, le=2**63 - 1)]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Price = Annotated[Decimal, Field(ge=0, le=99_999_999, allow_inf_nan=False)]


class MassageSiteQuery(Schema):
    """Which site answers."""

    model_config = ConfigDict(extra="forbid")

    site: str | None = Field(
        None,
        description="“host” or “host:port” of the site that answers; without it the Host header decides.",
    )


class MassageListQuery(MassageSiteQuery):
    """Which part of a list, and in what order."""

    locale: str | None = Field(None, description="Language code; without it pages of all languages.")
    tag: str | None = Field(None, max_length=100, description="The name of a tag.")
    limit: int = Field(20, ge=1, le=MAX_LIMIT)
    offset: int = Field(0, ge=0, le=MAX_OFFSET)
    include: Literal["body"] | None = Field(None, description="“body” puts the whole body into every card.")


class MassageTreatmentQuery(MassageListQuery):
    """Which treatments, and in what order. One and the same option has to fit the minutes and the price."""

    body_area: str | None = Field(None, max_length=60, description="The slug of a body area.")
    min_minutes: Minutes | None = None
    max_minutes: Minutes | None = None
    min_price: Price | None = None
    max_price: Price | None = None
    order: Order = "title"


class MassageBenefitListQuery(MassageListQuery):
    """Which articles, and in what order: by default the newest first."""

    subject: PageId | None = Field(None, description="The id of a treatment that the article is about.")
    order: Order = "-first_published_at"


class MassageRouteQuery(MassageSiteQuery):
    """The address to look up."""

    path: str = Field(
        min_length=1, max_length=2000, description="A path of the site, such as /treatments/legs/."
    )


class MassagePreviewQuery(Schema):
    """The permission to read one draft."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(min_length=1, max_length=1000)
    content_type: str | None = Field(
        None, max_length=200, description="Sent by wagtail-headless-preview with its tokens; not needed."
    )


class MassageSitemapQuery(MassageSiteQuery):
    """Which part of the list of all pages."""

    limit: int = Field(1000, ge=1, le=5000)
    offset: int = Field(0, ge=0, le=MAX_OFFSET)


class MassageTreatmentListItem(MassageTreatmentCard):
    """A card; `body` is there with `include=body`."""

    body: NotRequired[list[MassageTreatmentBodyBlock]]


class MassageBenefitListListItem(MassageBenefitListCard):
    """A card; `body` is there with `include=body`."""

    body: NotRequired[list[MassageArticleBodyBlock]]


class MassageTreatmentList(TypedDict):
    """One page of treatments; `count` is their number without limit and offset."""

    items: list[MassageTreatmentListItem]
    count: int


class MassageBenefitListList(TypedDict):
    """One page of articles; `count` is their number without limit and offset."""

    items: list[MassageBenefitListListItem]
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
    alternates: list[MassageAlternate]
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
    alternates: list[MassageAlternate]
    comments: MassageCommentsLink | None


class MassageOtherPage(MassageCard):
    """A page of any other type, such as an index: what the lists give is not repeated here."""

    kind: Literal["page"]
    seo: MassageSeo
    alternates: list[MassageAlternate]
    comments: MassageCommentsLink | None


MassageRoutedPage = TypeAliasType(
    "MassageRoutedPage",
    Annotated[
        MassageTreatmentDetail | MassageBenefitListDetail | MassageOtherPage, Field(discriminator="kind")
    ],
)


class MassagePageRoute(TypedDict):
    """There is a page at the address."""

    kind: Literal["page"]
    page: MassageRoutedPage
    location: None
    is_permanent: None


class MassageRedirectRoute(TypedDict):
    """The address leads to another one, which an editor has chosen or which a page has moved to."""

    kind: Literal["redirect"]
    page: None
    location: str
    is_permanent: bool


MassageRoute = TypeAliasType(
    "MassageRoute", Annotated[MassagePageRoute | MassageRedirectRoute, Field(discriminator="kind")]
)


class MassageSitemapEntry(TypedDict):
    """One page; `last_modified_at` is when it was last published."""

    id: int
    path: str
    html_url: str
    locale: str
    last_modified_at: str | None
    alternates: list[MassageAlternate]


class MassageSitemap(TypedDict):
    """All public pages of the site, in the order of the tree; `count` is their number without limit and offset."""

    items: list[MassageSitemapEntry]
    count: int
