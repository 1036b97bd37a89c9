"""The texts around health questions: what editors wrote on the desk, else ours."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from .models import DeskText
from .states import DeskTextKind


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text and its version; ours are called "built-in" and change with the package only."""

    body: str
    version: str


def text_for(kind: DeskTextKind, *, language: str = "") -> Text:
    """Return the text of a kind in a language ("": the active one): an editor's, else ours. Costs one query."""
    language = language or get_language() or ""
    kept = DeskText.objects.filter(Q(locale=language) | Q(locale=language.partition("-")[0]) | Q(locale=""))
    row = kept.filter(kind=kind).order_by("-locale", "-pk").first()
    if row is not None:
        return Text(body=row.body, version=f"{row.pk}.{row.version}")
    with override(language or None):
        return Text(body=_ours(kind), version="built-in")


def _ours(kind: DeskTextKind) -> str:
    if kind == DeskTextKind.SAFETY:
        return _(
            "Some of what you write can need a doctor soon. If it is new, sudden or getting worse, call your doctor "
            "today. With chest pain, trouble breathing, signs of a stroke or heavy bleeding call the emergency number "
            "now. Please do not wait for an answer here."
        )
    if kind == DeskTextKind.CONSENT:
        return _(
            "What you wrote tells something about health. If you choose to publish it, everybody can read it, and we "
            "store that you agreed. You can withdraw it at any time on your own page, and then we erase it."
        )
    if kind == DeskTextKind.DISCLAIMER:
        return _(
            "This is general information from somebody who has not examined you. It is no diagnosis and does not "
            "replace a visit to your doctor."
        )
    return ""


def ready_made(kind: DeskTextKind, *, language: str = "") -> list[DeskText]:
    """Return the ready-made replies of a kind for a language, those for every language among them. One query."""
    kept = DeskText.objects.filter(kind=kind)
    if language:
        kept = kept.filter(Q(locale="") | Q(locale=language) | Q(locale=language.partition("-")[0]))
    return list(kept.order_by("title", "pk"))
