"""The types of a site's own blocks, read from their definitions as `benefits.drawing` draws them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Union

from pydantic import Field
from typing_extensions import TypedDict
from wagtail.blocks import (
    Block,
    BooleanBlock,
    ChooserBlock,
    FloatBlock,
    IntegerBlock,
    ListBlock,
    MultipleChoiceBlock,
    RichTextBlock,
    StaticBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from wagtail_massage.benefits.drawing import MassageLink, answers_itself
from wagtail_massage.benefits.images import ImageObject

from ..discovery import page_models
from ..documents import MassageRichText

Anything = dict[str, Any] | list[dict[str, Any] | str | float | bool | None] | str | float | bool | None
"""What a block answers that makes its JSON itself: nobody but its author knows."""

_KINDS: tuple[tuple[Any, Any], ...] = (
    (RichTextBlock, MassageRichText),
    ((ImageBlock, ImageChooserBlock), ImageObject | None),
    (ChooserBlock, MassageLink | None),
    (StaticBlock, None),
    (BooleanBlock, bool | None),
    (IntegerBlock, int | None),
    (FloatBlock, float | None),
    (MultipleChoiceBlock, list[str] | None),
)


def body_union(mixin: type, ours: Mapping[str, Any]) -> Any:
    """Return the union, by `type`, of our blocks and of what a site's page types made with `mixin` add to them."""
    types = dict(ours)
    for model in page_models(mixin):
        for name, block in model._meta.get_field("body").stream_block.child_blocks.items():
            if name not in types:
                types[name] = _item(name, block, f"MassageOwn{_pascal(name)}")
    return Annotated[Union[tuple(types.values())], Field(discriminator="type")]  # noqa: UP007


def value_type(block: Block, name: str) -> Any:
    """Return the type of what `benefits.drawing.draw_json` makes of a value of `block`; `name` is for its parts."""
    if answers_itself(block):
        return Anything
    for kinds, described in _KINDS:
        if isinstance(block, kinds):
            return described
    if isinstance(block, StructBlock):
        parts = {
            child_name: value_type(child, name + _pascal(child_name))
            for child_name, child in block.child_blocks.items()
        }
        return TypedDict(f"{name}Value", parts)  # type: ignore[operator]
    if isinstance(block, ListBlock):
        return list[value_type(block.child_block, f"{name}Item")]  # type: ignore[misc]
    if isinstance(block, StreamBlock):
        items = [
            _item(child_name, child, name + _pascal(child_name))
            for child_name, child in block.child_blocks.items()
        ]
        return list[_either(items)] if items else list[Anything]  # type: ignore[misc]
    return str | None


def _either(items: list[Any]) -> Any:
    if len(items) == 1:
        return items[0]
    return Annotated[Union[tuple(items)], Field(discriminator="type")]  # noqa: UP007


def _item(child_name: str, block: Block, name: str) -> Any:
    parts = {"type": Literal[child_name], "id": str, "value": value_type(block, name)}
    return TypedDict(f"{name}Block", parts)  # type: ignore[operator]


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
