"""Links: how many, and where to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..conf import comments_settings
from ..states import EntryKind
from . import entries
from .addresses import fold_host, is_below
from .base import Candidate, Check, Finding, Outcome

LINK = re.compile(r"(?:https?://|\bwww\.)([^\s/<>\"'?#]+)", re.IGNORECASE)
# A host as people read it, with or without a scheme. It never starts in the middle of one, so nothing is read twice.
# Browsers read the full stops of Chinese and Japanese as dots, and nothing where there is nothing to see.
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff"
_DOTS = ".\u3002\uff0e\uff61"
_HOST = re.compile(rf"(?<![\w{_UNSEEN}{_DOTS}-])[\w{_UNSEEN}-]+(?:[{_DOTS}][\w{_UNSEEN}-]+)+")


class LinkCheck(Check):
    """Holds a comment with more links than WAGTAIL_MASSAGE_COMMENTS_MAX_LINKS; spam with twice as many, with a
    link in the name, or where text or name mention a blocked domain (WAGTAIL_MASSAGE_COMMENTS_BLOCKED_DOMAINS and the
    desk's list) or a host below one, be it a link or not."""

    name = "links"
    version = 3

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        links = list(LINK.finditer(candidate.draft.body))
        limit = comments_settings.max_links
        if len(links) > limit:
            outcome = Outcome.SPAM if len(links) > 2 * limit else Outcome.HOLD
            yield Finding(outcome=outcome, reason="many_links", span=links[limit].span(), score=len(links))
        if LINK.search(candidate.draft.author_name):
            yield Finding(outcome=Outcome.SPAM, reason="link_in_name")
        if blocked := _blocked_domains():
            if host := _find_host(candidate.draft.body, blocked):
                yield Finding(outcome=Outcome.SPAM, reason="blocked_domain", span=host.span())
            elif _find_host(candidate.draft.author_name, blocked):
                yield Finding(outcome=Outcome.SPAM, reason="blocked_domain")


def _find_host(text: str, blocked: frozenset[str]) -> re.Match[str] | None:
    return next((host for host in _HOST.finditer(text) if is_below(fold_host(host[0]), blocked)), None)


def _blocked_domains() -> frozenset[str]:
    listed = (*comments_settings.blocked_domains, *entries.values_of(EntryKind.BLOCKED_DOMAIN))
    return frozenset(map(fold_host, listed))
