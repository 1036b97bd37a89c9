"""What an import of comments says of its plan, and of what it has done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .thread_pages import Match, PageRow
from .thread_plan import Plan, Planned
from .thread_writing import MOST_REFUSED, Tally

LONGEST_ADDRESS, LONGEST_ID = 200, 40  # characters that are shown


def plan_lines(plan: Plan, unused: Collection[str]) -> Iterator[str]:
    """Say what belongs where, and what is left out.

    Args:
        unused: names of posts that somebody has given a page, and that the file does not have.
    """
    yield _("%(posts)d posts; those with comments: %(threads)d. They have a page: %(matched)d.") % {
        "posts": plan.posts,
        "threads": len(plan.planned),
        "matched": len(plan.matched),
    }
    for planned in plan.matched:
        yield f"    {planned.thread.name}: {_comments(planned.count)} → {_page(planned.match)}"
    if plan.unmatched:
        yield _("They have none and are left out; name their pages with --map OLD=PAGE:")
    for planned in plan.unmatched:
        yield f"    {planned.thread.name}: {_comments(planned.count)}{_where(planned)}"
    for name in sorted(unused):
        yield _("The file has no post %(name)s, which --map names.") % {"name": name}
    counts = plan.counts
    for count, text in (
        (counts["APPROVED"], _("approved there")),
        (counts["HIDDEN"], _("approved there on posts that were not public: waiting here")),
        (counts["PENDING"], _("waiting there")),
        (counts["SPAM"], _("spam there, and spam here")),
        (counts["TRASH"], _("deleted there, and removed here")),
        (counts["unmatched"], _("left out, for their posts have no page")),
        (counts["back_links"], _("left out: pingbacks and trackbacks")),
        (counts["other_kinds"], _("left out: other kinds, which are no comments of readers")),
        (plan.control_characters, _("control characters, left out")),
    ):
        yield from _line(count, text)


def tally_lines(tally: Tally) -> Iterator[str]:
    """Say what became of the comments."""
    stored, counts = tally.stored, tally.counts
    yield _("Stored: %(count)d.") % {"count": stored.total()}
    for count, text in (
        (stored["APPROVED"], _("approved")),
        (stored["PENDING"] - counts["health"], _("waiting for a moderator")),
        (counts["health"], _("waiting, set apart as personal health questions")),
        (stored["SPAM"], _("spam")),
        (stored["REMOVED"], _("removed")),
    ):
        yield from _line(count, text)
    yield from _line(counts["known"], _("stored before and left alone"))
    yield from _line(counts["refused"], _("not to be stored:"))
    for author, post, reason in tally.refused:
        yield f"        {author} ({post}): {reason}"
    if counts["refused"] > MOST_REFUSED:
        yield "        …"
    for word, text in (
        ("doubles", _("in the file twice, word for word")),
        ("twins", _("in the file twice, with other words; both are kept")),
        ("orphans", _("answers to what the file does not have, put at the top")),
        ("cycles", _("circles of answers, opened at one place")),
        ("undated", _("without a possible date, given that of their post")),
        ("nameless", _("without a name")),
        ("long_names", _("with a name that is too long, cut off")),
        ("no_emails", _("with an e-mail address that is none, left out")),
    ):
        yield from _line(counts[word], text, tally.odd[word])


def _line(count: int, text: str, ids: Sequence[str] = ()) -> Iterator[str]:
    if count:
        named = [own[:LONGEST_ID] for own in ids if own] + ["…"] * (0 < len(ids) < count)
        yield f"{count:>7} {text}" + (f": {', '.join(named)}" if named else "")


def _comments(count: int) -> str:
    return ngettext("%(count)d comment", "%(count)d comments", count) % {"count": count}


def _page(match: Match) -> str:
    found: Any = match.page
    by = {
        "map": _("named"),
        "address": _("by its address"),
        "redirect": _("by a redirect"),
        "slug": _("by its slug"),
    }
    return f"{_named(found)}, {by[match.by]}"


def _where(planned: Planned) -> str:
    address = (planned.thread.url or planned.thread.id)[:LONGEST_ADDRESS]
    if not planned.match.candidates:
        return f" ({address})"
    pages = ", ".join(map(_named, planned.match.candidates))
    return (
        " ("
        + _("%(address)s; it could be any of these: %(pages)s") % {"address": address, "pages": pages}
        + ")"
    )


def _named(page: PageRow) -> str:
    return f"{page.home} {page.title} ({page.address})"
