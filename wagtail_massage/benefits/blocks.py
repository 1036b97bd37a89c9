"""The blocks that sites put into their StreamFields. Every path in here is permanent: migrations name it.

To extend a benefit, subclass and swap it; the subclass is then frozen in the site's migrations like any block:

    class MyBenefitBlock(BenefitBlock):
        minutes = IntegerBlock(required=False)

    class MyBenefitListBlock(BenefitListBlock):
        benefits = StreamBlock([("benefit", MyBenefitBlock())], min_num=1)
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.blocks import (
    BlockGroup,
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    StreamBlock,
    StructBlock,
)

from .adapters import BenefitListAdapter
from .anchors import MAX_LENGTH, assign, read_benefit, write_benefit
from .body_blocks import (
    PREVIEW_TEMPLATE,
    CalloutBlock,
    Described,
    DescribedImageBlock,
    ImageWithCaptionBlock,
    QuoteBlock,
    TextBlock,
    paragraph,
)
from .choices import HeadingLevel, Kind, Numbering
from .expansion import CONTEXT_KEY, Expansion
from .opaque import Opaque
from .values import BenefitListValue, NumberedBenefit

__all__ = [
    "ArticleBodyBlock",
    "BenefitBlock",
    "BenefitBodyBlock",
    "BenefitListBlock",
    "BenefitsBlock",
    "CalloutBlock",
    "HeadingBlock",
    "ImageWithCaptionBlock",
    "QuoteBlock",
    "TextBlock",
    "TextBodyBlock",
]

MAX_BENEFITS = 200
MAX_START = 9999


class BenefitBodyBlock(Opaque, StreamBlock):
    """What a benefit is made of. A new one opens with an empty text."""

    opaque_path = "wagtail_massage.benefits.blocks.BenefitBodyBlock"

    text = TextBlock()
    image = ImageWithCaptionBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()

    class Meta:
        default = [("text", {"rich_text": ""})]
        max_num = 50


class ReadOnlyInput(forms.TextInput):
    """Shows a value that only the program writes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"readonly": True, "tabindex": "-1", **(attrs or {})})


class AnchorHistoryBlock(CharBlock):
    """Every anchor a benefit ever had, separated by spaces: written by the program, shown to editors."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = ReadOnlyInput()


class BenefitBlock(Opaque, Described, StructBlock):
    """One reason, tip, sign or step of a list."""

    opaque_path = "wagtail_massage.benefits.blocks.BenefitBlock"
    is_benefit = True  # how `anchors` finds benefits without importing this module
    native_only = ("anchor_history",)

    heading = CharBlock(default="", label=_("Heading"), max_length=150)
    body = BenefitBodyBlock(label=_("Body"))
    summary = CharBlock(
        default="",
        label=_("Summary"),
        required=False,
        max_length=200,
        help_text=_("One sentence for cards and overviews."),
    )
    image = DescribedImageBlock(label=_("Image"), required=False)
    anchor = CharBlock(
        default="",
        label=_("Anchor"),
        required=False,
        max_length=MAX_LENGTH,
        help_text=_(
            "The end of the link that leads to this entry. It is made from the heading when you save and then stays, "
            "so that links keep working. The old one keeps working too if you type another."
        ),
    )
    anchor_history = AnchorHistoryBlock(default="", label=_("Anchors so far"), required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """A list draws its entries itself; this is for one that is drawn alone, as in a preview."""
        context = super().get_context(value, parent_context=parent_context)
        [anchored] = assign([read_benefit(None, value)])
        benefit = NumberedBenefit.of(value, anchored, number=None)
        return {
            **context,
            "benefit": benefit,
            "image": context[CONTEXT_KEY].image(benefit.image),
            "heading_level": 3,
        }

    class Meta:
        icon = "pick"
        label = _("Entry")
        label_format = "{heading}"
        form_layout = BlockGroup(
            children=["heading", "body"], settings=["summary", "image", "anchor", "anchor_history"]
        )
        description = _("One entry of the list: a heading and what there is to say about it.")
        template = "wagtail_massage/blocks/benefit_alone.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {
            "heading": _("Your shoulders come down"),
            "summary": "",
            "image": None,
            "anchor": "",
            "anchor_history": "",
            "body": [("text", {"rich_text": paragraph(_("They have been up by your ears since Monday."))})],
        }


class BenefitsBlock(Opaque, StreamBlock):
    """The entries of a list. A stream of one type, so that every entry keeps its id for ever."""

    opaque_path = "wagtail_massage.benefits.blocks.BenefitsBlock"

    benefit = BenefitBlock()

    class Meta:
        min_num = 1
        max_num = MAX_BENEFITS


def _preview_list() -> dict[str, Any]:
    texts = {
        _("Your shoulders come down"): paragraph(_("They have been up by your ears since Monday.")),
        _("The telephone stays outside"): paragraph(_("An hour in which nobody can ask you anything.")),
        _("You sleep on the way home"): paragraph(_("Let somebody else drive.")),
    }
    body = {"summary": "", "image": None, "anchor": "", "anchor_history": ""}
    return {
        "lead_in": _("Three things that our guests mention most:"),
        "numbering": Numbering.ASCENDING,
        "start": 1,
        "show_contents": True,
        "benefits": [
            ("benefit", {**body, "heading": heading, "body": [("text", {"rich_text": text})]})
            for heading, text in texts.items()
        ],
    }


class BenefitListBlock(Opaque, Described, StructBlock):
    """A list of reasons, benefits, tips, signs, myths or steps, numbered by position."""

    opaque_path = "wagtail_massage.benefits.blocks.BenefitListBlock"

    lead_in = CharBlock(
        default="",
        label=_("Lead-in"),
        required=False,
        max_length=300,
        help_text=_("The line before the list."),
    )
    benefits = BenefitsBlock(label=_("Entries"))
    heading = CharBlock(default="", label=_("Heading of the list"), required=False, max_length=150)
    kind = ChoiceBlock(label=_("Kind"), choices=Kind.choices, default=Kind.BENEFITS)
    numbering = ChoiceBlock(label=_("Numbering"), choices=Numbering.choices, default=Numbering.ASCENDING)
    start = IntegerBlock(
        label=_("Lowest number"),
        required=False,
        min_value=0,
        max_value=MAX_START,
        default=1,
        help_text=_("1, unless the list continues an earlier one."),
    )
    heading_level = ChoiceBlock(
        label=_("Heading level"),
        choices=HeadingLevel.choices,
        default=HeadingLevel.H2,
        help_text=_("The second level, unless the list stands under a heading of its own."),
    )
    show_contents = BooleanBlock(
        default=False,  # Wagtail's own default is None, which is no answer
        label=_("Show a list of contents"),
        required=False,
        help_text=_("Links to every entry, before the first one."),
    )

    def clean(self, value: Any) -> Any:
        """Clean the parts, then give every entry of this list an anchor."""
        value = super().clean(value)
        children = list(value.stream)
        assigned = assign([read_benefit(child.id, child.value) for child in children])
        for child, anchored in zip(children, assigned, strict=True):
            write_benefit(child.value, anchored)
        return value

    def describe(self, value: Any, data: dict[str, Any], expansion: Expansion) -> dict[str, Any]:
        for entry, benefit in zip(data.get("benefits") or (), value.benefits_numbered, strict=True):
            entry["value"] |= {
                "number": benefit.number,
                "anchor": benefit.anchor,
                "aliases": list(benefit.aliases),
            }
        if expansion.native:
            return {"count": value.count}
        return {"count": value.count, "numbering": value.order, "start": value.lowest_number}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        expansion = context[CONTEXT_KEY]
        benefits = value.benefits_numbered
        images = [expansion.image(benefit.image) for benefit in benefits]
        # `heading_level` reaches the body blocks, which include_block gives this whole context.
        return {
            **context,
            "entries": list(zip(benefits, images, strict=True)),
            "heading_level": value.body_heading_level,
        }

    class Meta:
        icon = "list-ol"
        label = _("Benefit list")
        label_format = "{lead_in}"
        form_layout = BlockGroup(
            children=["lead_in", "benefits"],
            settings=["heading", "kind", "numbering", "start", "heading_level", "show_contents"],
        )
        description = _(
            "Reasons, benefits, tips, signs, myths or steps. The numbers follow the order by themselves."
        )
        value_class = BenefitListValue
        template = "wagtail_massage/blocks/benefit_list.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = staticmethod(_preview_list)  # evaluated when shown


class HeadingBlock(Opaque, StructBlock):
    """A heading between the parts of an article."""

    opaque_path = "wagtail_massage.benefits.blocks.HeadingBlock"

    heading = CharBlock(default="", label=_("Heading"), max_length=150)

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{heading}"
        description = _("A heading between the parts of a text.")
        template = "wagtail_massage/blocks/heading.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = {"heading": _("What to bring")}


class TextBodyBlock(StreamBlock):
    """A page's body without lists. Use it as `StreamField(TextBodyBlock())`."""

    text = TextBlock()
    heading = HeadingBlock()
    image = ImageWithCaptionBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()


class ArticleBodyBlock(TextBodyBlock):
    """A page's body with paragraphs and benefit lists. Use it as `StreamField(ArticleBodyBlock())`."""

    benefit_list = BenefitListBlock()


register(BenefitListAdapter(), BenefitListBlock)

# A site's subclass of BenefitBlock is frozen field by field; its migrations need not know of this class.
DECONSTRUCT_ALIASES = {AnchorHistoryBlock: "wagtail.blocks.CharBlock"}
