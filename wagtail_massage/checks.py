"""System checks of the whole package. Ids are never reused."""

from __future__ import annotations

import difflib
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from .conf import AppSettings


@register()
def check_setting_names(**kwargs: Any) -> list[CheckMessage]:
    """Warn about WAGTAIL_MASSAGE_* settings that nobody reads, with the nearest name that somebody does."""
    known = {name for owner in AppSettings.registry for name in owner.setting_names()}
    unknown = sorted(
        name for name in dir(settings) if name.startswith("WAGTAIL_MASSAGE") and name not in known
    )
    return [
        Warning(
            f"The setting {name} is not known to the installed parts of wagtail-massage.",
            hint=_hint(name, known),
            id="wagtail_massage.W001",
        )
        for name in unknown
    ]


def _hint(name: str, known: set[str]) -> str:
    nearest = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {nearest[0]}?" if nearest else "Remove it, or install the app that reads it."
