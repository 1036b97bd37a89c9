"""The site's contraindications as words for triage, so that a comment is read with the site's own pages in mind."""

from __future__ import annotations

import time
from typing import Any

from django.db.models.signals import post_delete, post_save

from ..triage import Vocabulary, register_vocabulary
from .models import Contraindication

_SECONDS = 60  # how long another process may go on with the words it has read

_read: tuple[float, Vocabulary] | None = None


def contraindication_words() -> Vocabulary:
    """Return the synonyms of all contraindications: red flags, but for those that a treatment is adapted to.

    A name is a phrase for guests and rarely what they write themselves, so only the synonyms are taken. They are read
    once a minute.
    """
    global _read
    if _read is None or time.monotonic() - _read[0] > _SECONDS:
        _read = (time.monotonic(), _ask())
    return _read[1]


def _ask() -> Vocabulary:
    complaints: set[str] = set()
    alarms: set[str] = set()
    for entry in Contraindication.objects.only("level", "synonyms"):
        target = complaints if entry.level == Contraindication.Level.ADAPT else alarms
        target.update(entry.synonym_list)
    return Vocabulary(complaints=frozenset(complaints), alarms=frozenset(alarms))


def forget(**kwargs: Any) -> None:
    """Have the words read again."""
    global _read
    _read = None


def connect() -> None:
    register_vocabulary("treatments", contraindication_words)
    for signal in (post_save, post_delete):
        signal.connect(
            forget, sender=Contraindication, dispatch_uid="wagtail_massage_treatments.forget_words"
        )
