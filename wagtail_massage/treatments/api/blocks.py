"""The shapes of the blocks in a body, as `stream_json` writes them. They describe; nothing is validated with them."""

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from wagtail_massage.benefits.images import ImageObject

from ..abstract import BenefitListMixin, TreatmentMixin
from ..documents import MassageRichText
from .own_blocks import body_union


class MassageTextBlock(TypedDict):
    """Paragraphs."""

    type: Literal["text"]
    id: str
    value: MassageRichText


class MassageHeadingValue(TypedDict):
    """A heading between paragraphs."""

    heading: str


class MassageHeadingBlock(TypedDict):
    """A heading between paragraphs."""

    type: Literal["heading"]
    id: str
    value: MassageHeadingValue


class MassageImageValue(TypedDict):
    """An image with its caption; null where a draft has no image yet."""

    image: ImageObject | None
    caption: str
    credit: str


class MassageImageBlock(TypedDict):
    """An image."""

    type: Literal["image"]
    id: str
    value: MassageImageValue


class MassageQuoteValue(TypedDict):
    """Somebody's words."""

    quote: str
    attribution: str


class MassageQuoteBlock(TypedDict):
    """A quote."""

    type: Literal["quote"]
    id: str
    value: MassageQuoteValue


class MassageCalloutValue(MassageRichText):
    """A box beside the text."""

    title: str
    kind: Literal["TIP", "NOTE", "IMPORTANT"]


class MassageCalloutBlock(TypedDict):
    """A callout."""

    type: Literal["callout"]
    id: str
    value: MassageCalloutValue


MassageBenefitBodyBlock = Annotated[
    MassageTextBlock | MassageImageBlock | MassageQuoteBlock | MassageCalloutBlock,
    Field(discriminator="type"),
]


class MassageBenefitValue(TypedDict):
    """One reason, tip, sign or step. `number` is null in a list without numbers."""

    number: int | None
    anchor: str
    aliases: list[str]
    heading: str
    summary: str
    image: ImageObject | None
    body: list[MassageBenefitBodyBlock]


class MassageBenefitBlock(TypedDict):
    """One benefit."""

    type: Literal["benefit"]
    id: str
    value: MassageBenefitValue


class MassageBenefitListValue(TypedDict):
    """A list of benefits."""

    lead_in: str
    heading: str
    kind: Literal["REASONS", "BENEFITS", "TIPS", "SIGNS", "MYTHS", "STEPS", "OTHER"]
    numbering: Literal["ASCENDING", "COUNTDOWN", "NONE"]
    start: int | None
    heading_level: Literal["H2", "H3", "H4"]
    show_contents: bool
    count: int
    benefits: list[MassageBenefitBlock]


class MassageBenefitListBlock(TypedDict):
    """A benefit list."""

    type: Literal["benefit_list"]
    id: str
    value: MassageBenefitListValue


_TEXT_BLOCKS: dict[str, Any] = {
    "text": MassageTextBlock,
    "heading": MassageHeadingBlock,
    "image": MassageImageBlock,
    "quote": MassageQuoteBlock,
    "callout": MassageCalloutBlock,
}

# With the blocks that the site itself has put into the bodies of its page types.
MassageTreatmentBodyBlock: Any = body_union(TreatmentMixin, _TEXT_BLOCKS)
MassageArticleBodyBlock: Any = body_union(
    BenefitListMixin, {**_TEXT_BLOCKS, "benefit_list": MassageBenefitListBlock}
)
