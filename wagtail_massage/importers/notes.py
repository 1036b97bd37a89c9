"""What a reader changed and what a person should look at: plain codes with parameters.

``message`` is English for the command line and for plan files; an admin screen translates by ``code``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CHANGES = {
    "bom_removed": "Byte order mark removed.",
    "bullets_dropped": "Bullets dropped from headings: {count}.",
    "comment_form_dropped": "Lines of a comment form dropped after the comments: {count}.",
    "comment_indent_removed": "Comments whose indent was removed: {count}.",
    "comment_labels_dropped": "Lines around comments that are no comment, dropped: {count}.",
    "comment_numbers_dropped": "Numbers dropped from comments: {count}.",
    "heading_marks_dropped": "Heading marks (#) dropped: {count}.",
    "headings_split": "Headings taken from the beginning of a paragraph: {count}.",
    "indent_removed": "Paragraphs whose indent was removed: {count}.",
    "line_endings_normalised": "Line ends other than LF changed to LF: {count}.",
    "lines_joined": "Wrapped lines joined to paragraphs: {count}.",
    "numbers_dropped": "Numbers dropped from headings: {count}.",
    "separators_dropped": "Separator lines dropped: {count}.",
    "trailing_nbsp_trimmed": "No-break spaces trimmed at the end of paragraphs: {count}.",
    "trailing_spaces_trimmed": "Lines whose trailing spaces were trimmed: {count}.",
}

WARNINGS = {
    "comment_date_ambiguous": "The date {date!r} of the comment by {author} can be read in two ways and is left out.",
    "comment_date_unreadable": "The date {date!r} of the comment by {author} does not exist and is left out.",
    "comment_empty": "The comment by {author} has no text.",
    "count_differs": "The title promises {declared} entries, {found} were found.",
    "item_empty": "Entry {number} ({heading}) has no text.",
    "heading_missing": "Entry {position} has no heading, its text begins {beginning!r}.",
    "no_items": "No list entries were found, all text is taken as introduction.",
    "numbers_all_equal": "All {count} entries have the number {number}, they were numbered in their order.",
    "numbers_skip": "The numbers of the entries have gaps: {numbers}.",
    "outro_guessed": "The last {count} paragraphs look like a closing part, check where the last entry ends.",
    "outro_unclear": "Nothing shows where the last entry ends, no closing part was taken from its {count} paragraphs.",
    "title_missing": "The text does not begin with a title.",
}


@dataclass(frozen=True, slots=True)
class Note:
    """One change or warning: a key of CHANGES or WARNINGS with its JSON-able parameters."""

    code: str
    params: Mapping[str, Any]

    @property
    def message(self) -> str:
        """The English sentence."""
        return (CHANGES.get(self.code) or WARNINGS[self.code]).format(**self.params)

    def to_plan(self) -> dict[str, Any]:
        """Return the JSON-able form."""
        return {"code": self.code, "params": dict(self.params), "message": self.message}


def note(code: str, **params: Any) -> Note:
    """Make a note."""
    return Note(code, params)


def counted(**counts: int) -> list[Note]:
    """Make one note for every code whose count is not zero."""
    return [Note(code, {"count": count}) for code, count in counts.items() if count]
