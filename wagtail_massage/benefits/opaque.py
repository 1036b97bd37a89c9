"""Blocks that migrations know by name only, so that rewording them makes no migration in a site."""

from __future__ import annotations

from typing import Any


class Opaque:
    """Deconstruct to the class's own path instead of a frozen copy of its fields.

    List it before the Wagtail block class. A class that sets `opaque_path` promises that the path stays importable
    for ever. A site's subclass does not inherit the promise: it is frozen field by field, as Wagtail does with any
    block. The price: old migrations see today's definition of the block.
    """

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        path = type(self).__dict__.get("opaque_path")
        if path is None:
            return super().deconstruct()  # type: ignore[misc]
        return path, [], self._constructor_kwargs  # type: ignore[attr-defined]

    def deconstruct_with_lookup(self, lookup: Any) -> tuple[str, list[Any], dict[str, Any]]:
        if "opaque_path" in type(self).__dict__:
            return self.deconstruct()
        return super().deconstruct_with_lookup(lookup)  # type: ignore[misc]

    @classmethod
    def construct_from_lookup(cls, lookup: Any, *args: Any, **kwargs: Any) -> Any:
        return super().construct_from_lookup(lookup, *args, **kwargs) if args else cls(**kwargs)  # type: ignore[misc]
