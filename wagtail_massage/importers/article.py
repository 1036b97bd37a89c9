"""What every reader returns: an article cut into title, introduction, list entries, closing part and comments.

Texts are plain strings without line breaks, one for each paragraph; a comment's text keeps its own lines.
"""

from dataclasses import dataclass, replace
from typing import Any

from .notes import Note

_CUT_WARNINGS = frozenset({"outro_guessed", "outro_unclear"})


@dataclass(frozen=True, slots=True)
class ArticleItem:
    """One list entry. ``number`` is the one printed in the source, None where it has none."""

    number: int | None
    heading: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleComment:
    """A visitor's comment found after the article.

    ``date`` is ISO 8601 local time without a zone ("2023-08-16T12:18", or only the day), None when the source has
    none that can be read in one way; ``date_text`` is what the source says.
    """

    author: str
    date: str | None
    text: str
    date_text: str = ""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the parts of an article end, the whole state of a screen that moves them.

    lead_in: the last paragraph of the introduction leads into the list and belongs to it.
    outro:   how many paragraphs, counted from the end, stand outside the last entry.
    """

    lead_in: bool
    outro: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read. ``intro_paragraphs`` includes the lead-in as its last element when ``has_lead_in``."""

    title: str
    declared_count: int | None
    intro_paragraphs: tuple[str, ...]
    has_lead_in: bool
    items: tuple[ArticleItem, ...]
    outro_paragraphs: tuple[str, ...] = ()
    comments: tuple[ArticleComment, ...] = ()
    changes: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()

    @property
    def lead_in(self) -> str | None:
        """The paragraph that introduces the list, None when there is none."""
        return self.intro_paragraphs[-1] if self.has_lead_in else None

    @property
    def cuts(self) -> Cuts:
        """The cuts as they are; ``apply_cuts(article, article.cuts)`` changes no text."""
        return Cuts(lead_in=self.has_lead_in, outro=len(self.outro_paragraphs))

    @property
    def largest_outro(self) -> int:
        """The greatest ``Cuts.outro``: every paragraph after the last heading."""
        return len(self.outro_paragraphs) + (len(self.items[-1].paragraphs) if self.items else 0)

    def without_notes(self) -> "Article":
        """Return the content alone, for comparing two readings."""
        return replace(self, changes=(), warnings=())

    def to_plan(self) -> dict[str, Any]:
        """Return the JSON-able plan that a dry run shows."""
        return {
            "title": self.title,
            "declared_count": self.declared_count,
            "intro_paragraphs": list(self.intro_paragraphs),
            "lead_in": self.lead_in,
            "items": [
                {"number": item.number, "heading": item.heading, "paragraphs": list(item.paragraphs)}
                for item in self.items
            ],
            "outro_paragraphs": list(self.outro_paragraphs),
            "comments": [
                {"author": comment.author, "date": comment.date, "text": comment.text}
                for comment in self.comments
            ],
            "changes": [change.to_plan() for change in self.changes],
            "warnings": [warning.to_plan() for warning in self.warnings],
        }


def apply_cuts(article: Article, cuts: Cuts) -> Article:
    """Return the article with its parts cut at ``cuts``; whole paragraphs move, no text changes.

    A person has looked at the cuts, so the warnings about them go. Raises ValueError when there is no paragraph to
    lead in or not so many paragraphs after the last heading.
    """
    if cuts.lead_in and not article.intro_paragraphs:
        raise ValueError("There is no introduction, so no paragraph of it can lead into the list.")
    if not 0 <= cuts.outro <= article.largest_outro:
        raise ValueError(
            f"The closing part cannot have {cuts.outro} paragraphs: choose 0 to {article.largest_outro}."
        )
    warnings = tuple(warning for warning in article.warnings if warning.code not in _CUT_WARNINGS)
    changed = replace(article, has_lead_in=cuts.lead_in, warnings=warnings)
    if not article.items:
        return changed
    last = article.items[-1]
    tail = last.paragraphs + article.outro_paragraphs
    kept = len(tail) - cuts.outro
    return replace(
        changed,
        items=(*article.items[:-1], replace(last, paragraphs=tail[:kept])),
        outro_paragraphs=tail[kept:],
    )
