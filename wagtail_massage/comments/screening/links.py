"""Links: how many, and where to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..conf import comments_settings
from .base import Candidate, Check, Finding, Outcome

LINK = re.compile(r"(?:https?://|\bwww\.)([^\s/<>\"'?#]+)", re.IGNORECASE)


class LinkCheck(Check):
    """Holds a comment with more links than WAGTAIL_MASSAGE_COMMENTS_MAX_LINKS; spam with twice as many, with a
    link in the name, or with a link to a blocked domain."""

    name = "links"

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        links = list(LINK.finditer(candidate.draft.body))
        limit = comments_settings.max_links
        if len(links) > limit:
            outcome = Outcome.SPAM if len(links) > 2 * limit else Outcome.HOLD
            yield Finding(outcome=outcome, reason="many_links", span=links[limit].span(), score=len(links))
        if LINK.search(candidate.draft.author_name):
            yield Finding(outcome=Outcome.SPAM, reason="link_in_name")
        for link in links:
            if _is_blocked(link[1]):
                yield Finding(outcome=Outcome.SPAM, reason="blocked_domain", span=link.span())


def _is_blocked(netloc: str) -> bool:
    host = netloc.rpartition("@")[2].partition(":")[0].casefold().rstrip(".,;:!)")
    return any(
        host == domain or host.endswith(f".{domain}")
        for domain in map(str.casefold, comments_settings.blocked_domains)
    )
