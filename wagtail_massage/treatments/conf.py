"""The settings of the treatments room."""

from __future__ import annotations

from typing import Any

from wagtail_massage.conf import AppSettings


class TreatmentsSettings(AppSettings):
    """Settings that start with WAGTAIL_MASSAGE_TREATMENTS_."""

    prefix = "WAGTAIL_MASSAGE_TREATMENTS"

    @property
    def currency(self) -> str | dict[str, str]:
        """ISO 4217 code of all prices, or one code by the hostname of the site with "" for the others."""
        return self._get("CURRENCY", "EUR")

    @property
    def emit_head(self) -> bool:
        """Whether our pages fill the `head` block of base.html with title, description, canonical and og:image.

        Set it to False where the site's base template does that by itself.
        """
        return bool(self._get("EMIT_HEAD", True))

    @property
    def cards_per_page(self) -> int:
        """How many cards an index page shows before it is divided into pages."""
        return int(self._get("CARDS_PER_PAGE", 24))


app_settings = TreatmentsSettings()


def currency_for(site: Any) -> str:
    """Return the ISO 4217 code of the prices of `site` (a Wagtail Site or None)."""
    currency = app_settings.currency
    if isinstance(currency, str):
        return currency
    return currency.get(getattr(site, "hostname", ""), currency.get("", "EUR"))
