"""Akismet, or a service that speaks like it: the only check of ours that asks somebody else.

It is in no default: a site that names it in WAGTAIL_MASSAGE_COMMENTS_CHECKS sends what `fields_of` lists to that
service, and has to say so in its privacy notice. The call is `comment-check` of https://akismet.com/developers/.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin

from ..conf import comments_settings
from .base import Candidate, Finding, Outcome, OutsideCheck
from .outside import NoAnswer, post_form

SECONDS = 5
ANSWER_LIMIT = 64 * 1024


class AkismetCheck(OutsideCheck):
    """Spam when the service says so; held when it says nothing, or nothing that makes sense."""

    name = "akismet"

    def examine(self, candidate: Candidate) -> Iterable[Finding]:
        url = urljoin(comments_settings.akismet_url.rstrip("/") + "/", "comment-check")
        fields = {"api_key": comments_settings.akismet_key, **fields_of(candidate)}
        answer = post_form(url, fields, seconds=SECONDS, limit=ANSWER_LIMIT)
        said = answer.body.strip() if answer.status == 200 else b""
        if said == b"true":
            is_worst = answer.headers.get("x-akismet-pro-tip") == "discard"
            yield Finding(outcome=Outcome.SPAM, reason="akismet_discard" if is_worst else "akismet_spam")
        elif said != b"false":
            raise NoAnswer(
                f"Status {answer.status}, and neither “true” nor “false” in {len(answer.body)} bytes."
            )


def fields_of(candidate: Candidate) -> dict[str, str]:
    """Return everything that leaves the site about a comment, besides the key."""
    draft, origin = candidate.draft, candidate.origin
    site = candidate.page.get_site()
    fields = {
        "blog": site.root_url if site else "",
        "blog_charset": "UTF-8",
        "blog_lang": draft.locale,
        "permalink": candidate.page.full_url or "",
        "user_ip": origin.address,
        "user_agent": origin.user_agent,
        "comment_type": "reply" if draft.parent else "comment",
        "comment_author": draft.author_name,
        "comment_author_email": draft.author_email,
        "comment_content": draft.body,
    }
    return {name: value for name, value in fields.items() if value}
