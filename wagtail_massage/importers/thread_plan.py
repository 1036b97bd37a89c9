"""What an import of comments would do: which page each post belongs to, and how many comments go there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .comment_exports import CommentExport
from .found_threads import APPROVED, BACK_LINKS, FoundComment, FoundThread, is_by_a_person
from .thread_pages import Match, PageIndex


@dataclass(frozen=True, slots=True)
class Planned:
    """A post that has comments, without them, its page if there is one, and how many comments would go there."""

    thread: FoundThread
    match: Match
    count: int


@dataclass
class Plan:
    """A whole file.

    Attributes:
        posts: how many there are in it, those without comments too.
        planned: those that have comments that an import takes, in the order of the file.
        places: the places in the file of those that are matched, with their pages' ids.
        counts: comments that would be taken, as `state_of` says, "back_links" and "other_kinds" that would not, and
            "unmatched".
        control_characters: how many of these were left out of the file.
    """

    posts: int = 0
    planned: list[Planned] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    control_characters: int = 0

    @property
    def matched(self) -> list[Planned]:
        return [planned for planned in self.planned if planned.match.page]

    @property
    def unmatched(self) -> list[Planned]:
        return [planned for planned in self.planned if not planned.match.page]


def state_of(thread: FoundThread, comment: FoundComment) -> str:
    """Return the state of a comment, and "HIDDEN" for an approved one that not everybody could read."""
    return comment.status if thread.is_public or comment.status != APPROVED else "HIDDEN"


def make_plan(export: CommentExport, index: PageIndex) -> Plan:
    """Read a file to its end.

    Raises:
        UnreadableSource: where it cannot be read, with the line.
    """
    plan = Plan()
    for place, thread in enumerate(export.threads()):
        plan.posts += 1
        taken = [comment for comment in thread.comments if is_by_a_person(comment)]
        for comment in thread.comments:
            if not is_by_a_person(comment):
                plan.counts["back_links" if comment.kind in BACK_LINKS else "other_kinds"] += 1
        if not taken:
            continue
        match = index.find(thread)
        plan.planned.append(Planned(replace(thread, comments=[]), match, len(taken)))
        if match.page:
            plan.places[place] = match.page.home
            plan.counts.update(state_of(thread, comment) for comment in taken)
        else:
            plan.counts["unmatched"] += len(taken)
    plan.control_characters = export.control_characters
    return plan


def matched_threads(export: CommentExport, plan: Plan) -> Iterator[tuple[int, FoundThread]]:
    """Read the file once more: the threads that have a page, each with the page's id."""
    for place, thread in enumerate(export.threads()):
        if place in plan.places:
            yield plan.places[place], thread
