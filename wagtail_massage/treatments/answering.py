"""What this room knows for whoever answers health questions: how people sign, and what the site says of a condition."""

from __future__ import annotations

from typing import Any

from .. import slots
from ..triage.matching import Phrases, words_of
from .models import Contraindication, Person

_MOST = 5  # what fits beside a question


def signature(user: Any) -> slots.Signature | None:
    """Return how the person with the account `user` signs, None where there is no such person."""
    person = Person.objects.filter(user=user).order_by("pk").first()
    if person is None:
        return None
    return slots.Signature(name=person.name, title=person.role, registration=person.credentials)


def caveats(text: str) -> list[slots.Caveat]:
    """Return the contraindications whose synonyms `text` names, the gravest first."""
    found = [entry for entry in Contraindication.objects.all() if _is_named(entry, text)]
    found.sort(key=lambda entry: entry.gravity)
    return [slots.Caveat(name=entry.name, instruction=entry.instruction) for entry in found[:_MOST]]


def _is_named(entry: Contraindication, text: str) -> bool:
    phrases = Phrases({"synonyms": entry.synonym_list})
    return bool(phrases.find(words_of(text))["synonyms"])


def connect() -> None:
    slots.register_signatures(signature)
    slots.register_caveats(caveats)
