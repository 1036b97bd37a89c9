"""HTML that is the same on every card of a lane, made once for each language instead of twenty times a page."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ..states import Status
from . import words

_INCLUDES = "wagtail_massage_comments/admin/includes"


def face_of(verb: str) -> SafeString:
    """Return what stands on the button of a verb: its icon and its word."""
    return _face(verb, get_language())


def status_of(status: str) -> SafeString:
    """Return the word for a status, as Wagtail shows one."""
    return _status(status, get_language())


def reasons_field() -> SafeString:
    """Return the list of reasons to choose from."""
    return _reasons(get_language())


@lru_cache(maxsize=512)
def _face(verb: str, language: str | None) -> SafeString:
    return render_to_string(f"{_INCLUDES}/face.html", {"words": words.VERBS[verb]})


@lru_cache(maxsize=512)
def _status(status: str, language: str | None) -> SafeString:
    return render_to_string(f"{_INCLUDES}/status.html", {"label": Status(status).label})


@lru_cache(maxsize=64)
def _reasons(language: str | None) -> SafeString:
    return render_to_string(f"{_INCLUDES}/reasons.html", {"reasons": words.reasons_for(words.REASONED)})
