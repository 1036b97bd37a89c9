"""A benefit list as schema.org describes lists (https://schema.org/ItemList)."""

from __future__ import annotations

from typing import Any

from .choices import Numbering
from .values import BenefitListValue

ORDERS = {
    Numbering.ASCENDING: "https://schema.org/ItemListOrderAscending",
    Numbering.COUNTDOWN: "https://schema.org/ItemListOrderDescending",
    Numbering.NONE: "https://schema.org/ItemListUnordered",
}


def item_list(value: BenefitListValue, *, url: str) -> dict[str, Any]:
    """Return the ItemList node of `value`, for a page at the absolute address `url`.

    `position` is the number that readers see, and the place in the list where it has no numbers. Entries whose
    heading is still empty are left out: schema.org wants a name.
    """
    elements = [
        {
            "@type": "ListItem",
            "position": place if benefit.number is None else benefit.number,
            "name": benefit.heading,
            "url": f"{url}#{benefit.anchor}",
            **({"description": benefit.summary} if benefit.summary else {}),
        }
        for place, benefit in enumerate(value.benefits_numbered, start=1)
        if benefit.heading
    ]
    node = {
        "@type": "ItemList",
        "name": value.get("heading"),
        "description": value.get("lead_in"),
        "itemListOrder": ORDERS[Numbering(value.order)],
        "numberOfItems": len(elements),
        "itemListElement": elements,
    }
    return {name: part for name, part in node.items() if part not in (None, "")}
