"""What our blocks add to the JSON of Wagtail's own API, for its description (`wagtail_massage.wagtail_v3`)."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

from typing_extensions import TypedDict
from wagtail.blocks import (
    BooleanBlock,
    ChoiceBlock,
    ChooserBlock,
    DecimalBlock,
    FloatBlock,
    IntegerBlock,
    ListBlock,
    MultipleChoiceBlock,
    StreamBlock,
    StructBlock,
)
from wagtail.images.blocks import ImageBlock

from .blocks import BenefitBlock, BenefitListBlock
from .body_blocks import (
    Described,
    DescribedImageBlock,
    ImageWithCaptionBlock,
    QuoteBlock,
    RichTextStructBlock,
)
from .images import ImageSource, MassageFocalPoint

_TEXT: dict[str, Any] = {"html": str, "text": str}
_IMAGE: dict[str, Any] = {
    "id": NotRequired[int],
    "alt": NotRequired[str],
    "width": NotRequired[int | None],
    "height": NotRequired[int | None],
    "focal_point": NotRequired[MassageFocalPoint | None],
    "src": NotRequired[str | None],
    "sources": NotRequired[list[ImageSource]],
}

ADDED: dict[type, dict[str, Any]] = {
    DescribedImageBlock: _IMAGE,
    RichTextStructBlock: _TEXT,
    BenefitListBlock: {"count": int},
    # These a list adds to its entries.
    BenefitBlock: {"number": int | None, "anchor": str, "aliases": list[str]},
    ImageWithCaptionBlock: {},
    QuoteBlock: {},
}
"""The keys that come beside Wagtail's own, by the class that adds them."""


def added_to(block: Any) -> dict[str, Any]:
    """Return the keys that `block` adds to its JSON, with their types."""
    return next((keys for added, keys in ADDED.items() if isinstance(block, added)), {})


def block_type(builder: Any, block: Any, name: str) -> Any:
    """Return the type of a value of one of our blocks, for the schema builder of Wagtail 8.1."""
    name = f"Massage{type(block).__name__}Native"
    parts = {
        child_name: builder.get_type(child, f"{name}{child_name.title().replace('_', '')}")
        for child_name, child in block.child_blocks.items()
    }
    return builder.get_typed_dict(name, {**parts, **added_to(block)})


def stream_field_schema(generator: Any, field: Any) -> tuple[Any, Any, Any]:
    """Return how Wagtail 8.0 reads and describes a StreamField: as before, but with its blocks in the description."""
    from pydantic import WithJsonSchema

    def resolve(page: Any, context: dict[str, Any]) -> Any:
        value = getattr(page, field.name)
        return value.stream_block.get_api_representation(value, context)

    described = Annotated[list[Any], WithJsonSchema(json_schema(field.stream_block))]
    return described, [], staticmethod(resolve)


_NUMBERS = (
    (BooleanBlock, "boolean"),
    (IntegerBlock, "integer"),
    (FloatBlock, "number"),
    (ChooserBlock, "integer"),
)
_UNKNOWN = {"type": ["object", "array", "string", "number", "boolean", "null"]}


def json_schema(block: Any) -> dict[str, Any]:
    """Return a JSON schema of what `block` answers on Wagtail's own API. Names stand inside, nothing is referred to."""
    ours = isinstance(block, Described | DescribedImageBlock)
    if not ours and _answers_itself(block):
        return _UNKNOWN
    if isinstance(block, StreamBlock):
        items = [_item(name, child) for name, child in block.child_blocks.items()]
        return {"type": "array", "items": {"oneOf": items} if items else {"type": "object"}}
    if isinstance(block, StructBlock):
        return _struct(block)
    if isinstance(block, ListBlock):
        return {"type": "array", "items": json_schema(block.child_block)}
    if isinstance(block, MultipleChoiceBlock):
        return {"type": ["array", "null"], "items": {"type": "string"}}
    for kind, name in _NUMBERS:
        if isinstance(block, kind):
            return {"type": [name, "null"]}
    choices = _choices(block)
    return {"type": ["string", "null"], **({"enum": choices} if choices else {})}


def _answers_itself(block: Any) -> bool:
    kinds = (StreamBlock, StructBlock, ListBlock, ImageBlock, ChooserBlock)
    known = {kind.get_api_representation for kind in kinds} | {DecimalBlock.get_api_representation}
    module = getattr(type(block).get_api_representation, "__module__", "")
    return type(block).get_api_representation not in known and not module.startswith("wagtail.")


def _item(name: str, block: Any) -> dict[str, Any]:
    parts = {"type": {"const": name}, "id": {"type": ["string", "null"]}, "value": json_schema(block)}
    return {"type": "object", "properties": parts, "required": list(parts)}


def _struct(block: Any) -> dict[str, Any]:
    from pydantic import TypeAdapter

    parts = {name: json_schema(child) for name, child in block.child_blocks.items()}
    if added := added_to(block):
        added_type: Any = TypedDict("Added", added)  # type: ignore[misc]
        schema = TypeAdapter(added_type).json_schema()
        parts |= _inlined(schema["properties"], schema.get("$defs", {}))
    if isinstance(block, ImageBlock):
        return {"type": ["object", "null"], "properties": parts}
    return {"type": "object", "properties": parts}


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    """Return a schema with what it refers to put in its place."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            return _inlined(definitions[schema["$ref"].rpartition("/")[2]], definitions)
        return {key: _inlined(value, definitions) for key, value in schema.items()}
    return [_inlined(value, definitions) for value in schema] if isinstance(schema, list) else schema


def _choices(block: Any) -> list[str | None]:
    if not isinstance(block, ChoiceBlock):
        return []
    choices = block._constructor_kwargs["choices"]
    return [] if callable(choices) else [*(str(value) for value, _label in choices), None]
