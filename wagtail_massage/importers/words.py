"""What a reader reports, in the language of the person who looks at it. `notes` has the same in English."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .notes import Note

SENTENCES: dict[str, str | Promise] = {
    "bom_removed": _("Byte order mark removed."),
    "bullets_dropped": _("Bullets dropped from headings: %(count)s."),
    "comment_form_dropped": _("Lines of a comment form dropped after the comments: %(count)s."),
    "comment_indent_removed": _("Comments whose indent was removed: %(count)s."),
    "comment_labels_dropped": _("Lines around comments that are no comment, dropped: %(count)s."),
    "comment_numbers_dropped": _("Numbers dropped from comments: %(count)s."),
    "heading_marks_dropped": _("Heading marks (#) dropped: %(count)s."),
    "headings_split": _("Headings taken from the beginning of a paragraph: %(count)s."),
    "indent_removed": _("Paragraphs whose indent was removed: %(count)s."),
    "line_endings_normalised": _("Line ends other than LF changed to LF: %(count)s."),
    "lines_joined": _("Wrapped lines joined to paragraphs: %(count)s."),
    "numbers_dropped": _("Numbers dropped from headings: %(count)s."),
    "separators_dropped": _("Separator lines dropped: %(count)s."),
    "trailing_nbsp_trimmed": _("No-break spaces trimmed at the end of paragraphs: %(count)s."),
    "trailing_spaces_trimmed": _("Lines whose trailing spaces were trimmed: %(count)s."),
    "comment_date_ambiguous": _(
        "The date “%(date)s” of the comment by %(author)s can be read in two ways and is left out."
    ),
    "comment_date_unreadable": _(
        "The date “%(date)s” of the comment by %(author)s does not exist and is left out."
    ),
    "comment_empty": _("The comment by %(author)s has no text."),
    "count_differs": _("Entries promised by the title: %(declared)s. Entries found: %(found)s."),
    "item_empty": _("Entry %(number)s (%(heading)s) has no text."),
    "heading_missing": _("Entry %(position)s has no heading, its text begins “%(beginning)s”."),
    "no_items": _("No list entries were found, all text is taken as introduction."),
    "numbers_all_equal": _(
        "All entries (%(count)s) have the number %(number)s, they were numbered in their order."
    ),
    "numbers_skip": _("The numbers of the entries have gaps: %(numbers)s."),
    "outro_guessed": _(
        "The end of the last entry was guessed. Paragraphs taken as the closing part: %(count)s. Check where it begins."
    ),
    "outro_unclear": _(
        "Nothing shows where the last entry ends, so no closing part was taken from its paragraphs (%(count)s)."
    ),
    "title_missing": _("The text does not begin with a title."),
}


def sentence_of(note: Note) -> str:
    """Return a note as a translated sentence."""
    template = SENTENCES.get(note.code)
    return str(template) % note.params if template else note.message
