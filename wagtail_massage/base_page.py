"""The site's base page model, which Wagtail 8 lets a site replace (WAGTAIL_PAGE_MODEL)."""

from __future__ import annotations

from typing import Any

import swapper

swapper.set_app_prefix("wagtailcore", "wagtail")

PAGE_MODEL: str = swapper.get_model_name("wagtailcore", "Page")
"""The `app.Model` name to use in foreign keys to a page."""


def get_page_model() -> Any:
    """Return the base page class. Call it inside functions, never at import."""
    return swapper.load_model("wagtailcore", "Page")
