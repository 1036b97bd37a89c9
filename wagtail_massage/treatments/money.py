"""Prices in words."""

from __future__ import annotations

from decimal import Decimal

from django.utils import formats

SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
"""Symbols that nobody reads as another currency where prices are shown; others are printed by their code."""


def format_money(amount: Decimal | str, currency: str) -> str:
    """Return `amount` of `currency` (ISO 4217), with the number written as the active language writes it."""
    number = formats.number_format(Decimal(amount), decimal_pos=2)
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{number}" if symbol else f"{number}\N{NO-BREAK SPACE}{currency}"
