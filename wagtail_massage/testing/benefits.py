"""Factories for the blocks of benefit lists (wagtail-factories).

class MyPageFactory(wagtail_factories.PageFactory):
    body = wagtail_factories.StreamFieldFactory(ArticleBodyBlockFactory)

MyPageFactory(body__0__benefit_list__benefits__0__benefit__heading="Your shoulders come down")
"""

from __future__ import annotations

from typing import Any

import factory
import wagtail_factories
from wagtail.rich_text import RichText

from wagtail_massage.benefits import blocks
from wagtail_massage.benefits.choices import CalloutKind, HeadingLevel, Kind, Numbering


class StructBlockFactory(wagtail_factories.StructBlockFactory):
    """A struct factory that can be called by itself, although it holds streams.

    The one of wagtail-factories 4.5 finds its way into nested streams only from inside a stream factory.
    """

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Any:
        return cls._builder_class(cls._meta, params, strategy).build()


class TextBlockFactory(StructBlockFactory):
    """One paragraph. `rich_text` takes stored HTML as RichText."""

    class Meta:
        model = blocks.TextBlock

    rich_text = factory.LazyFunction(lambda: RichText("<p>Ten quiet minutes are enough.</p>"))


class ImageWithCaptionBlockFactory(StructBlockFactory):
    """An image that is drawn for the occasion."""

    class Meta:
        model = blocks.ImageWithCaptionBlock

    image = factory.SubFactory(
        wagtail_factories.ImageBlockFactory, decorative=False, alt_text="Folded towels on a table"
    )
    caption = "Warm towels"
    credit = ""


class QuoteBlockFactory(StructBlockFactory):
    """A guest's words."""

    class Meta:
        model = blocks.QuoteBlock

    quote = "I left with one long breath."
    attribution = "A guest"


class CalloutBlockFactory(StructBlockFactory):
    """A tip."""

    class Meta:
        model = blocks.CalloutBlock

    kind = CalloutKind.TIP.value
    title = "Before you come"
    rich_text = factory.LazyFunction(lambda: RichText("<p>Drink a glass of water.</p>"))


class HeadingBlockFactory(StructBlockFactory):
    """A heading between paragraphs."""

    class Meta:
        model = blocks.HeadingBlock

    heading = "What to bring"


class BenefitBodyBlockFactory(wagtail_factories.StreamBlockFactory):
    """The body of a benefit, empty unless told otherwise: `body__0="text"`."""

    class Meta:
        model = blocks.BenefitBodyBlock

    text = factory.SubFactory(TextBlockFactory)
    image = factory.SubFactory(ImageWithCaptionBlockFactory)
    quote = factory.SubFactory(QuoteBlockFactory)
    callout = factory.SubFactory(CalloutBlockFactory)


class BenefitBlockFactory(StructBlockFactory):
    """One entry with a paragraph, without an image or an anchor."""

    class Meta:
        model = blocks.BenefitBlock

    heading = factory.Sequence(lambda n: f"Benefit {n}")
    body = factory.SubFactory(BenefitBodyBlockFactory, **{"0": "text"})
    summary = ""
    image = None
    anchor = ""
    anchor_history = ""


class BenefitsBlockFactory(wagtail_factories.StreamBlockFactory):
    """The entries of a list."""

    class Meta:
        model = blocks.BenefitsBlock

    benefit = factory.SubFactory(BenefitBlockFactory)


class BenefitListBlockFactory(StructBlockFactory):
    """A list without entries until it is given some: `benefits__0="benefit"`."""

    class Meta:
        model = blocks.BenefitListBlock

    lead_in = "What our guests tell us:"
    benefits = factory.SubFactory(BenefitsBlockFactory)
    heading = ""
    kind = Kind.BENEFITS.value
    numbering = Numbering.ASCENDING.value
    start = 1
    heading_level = HeadingLevel.H2.value
    show_contents = False


class TextBodyBlockFactory(wagtail_factories.StreamBlockFactory):
    """A page body without lists."""

    class Meta:
        model = blocks.TextBodyBlock

    text = factory.SubFactory(TextBlockFactory)
    heading = factory.SubFactory(HeadingBlockFactory)
    image = factory.SubFactory(ImageWithCaptionBlockFactory)
    quote = factory.SubFactory(QuoteBlockFactory)
    callout = factory.SubFactory(CalloutBlockFactory)


class ArticleBodyBlockFactory(TextBodyBlockFactory):
    """A page body with paragraphs and lists."""

    class Meta:
        model = blocks.ArticleBodyBlock

    benefit_list = factory.SubFactory(BenefitListBlockFactory)
