"""`{% load massage_treatments %}`: for the templates of this room."""

from __future__ import annotations

from django import template

from ..money import format_money

register = template.Library()


@register.filter
def money(amount: str | None, currency: str) -> str:
    """Print a price: `{{ option.price|money:option.currency }}`."""
    return "" if amount is None else format_money(amount, currency)
