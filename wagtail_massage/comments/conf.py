"""The settings of visitor comments, all optional: WAGTAIL_MASSAGE_COMMENTS_<NAME>."""

from __future__ import annotations

from ..conf import AppSettings


class CommentsSettings(AppSettings):
    prefix = "WAGTAIL_MASSAGE_COMMENTS"

    @property
    def page_types(self) -> list[str]:
        """`app.Model` names of page types that accept comments without `massage_comments = True` on the model."""
        return self._get("PAGE_TYPES", [])

    @property
    def policy(self) -> str:
        """The policy of pages on which nobody has chosen one: a value of `states.Policy`. Pre-moderation."""
        return self._get("POLICY", "PRE")

    @property
    def checks(self) -> list[str]:
        """Dotted paths of the screening checks, run in this order; all of them always run."""
        return self._get(
            "CHECKS",
            [
                "wagtail_massage.comments.screening.length.LengthCheck",
                "wagtail_massage.comments.screening.links.LinkCheck",
                "wagtail_massage.comments.screening.honeypot.HoneypotCheck",
                "wagtail_massage.comments.screening.form_token.FormTokenCheck",
                "wagtail_massage.comments.screening.duplicate.DuplicateCheck",
            ],
        )

    @property
    def max_length(self) -> int:
        """The longest comment, in characters (Unicode code points)."""
        return self._get("MAX_LENGTH", 5000)

    @property
    def min_length(self) -> int:
        """Shorter comments (after trimming) are held for a moderator."""
        return self._get("MIN_LENGTH", 2)

    @property
    def max_links(self) -> int:
        """More links than this hold a comment; twice as many make it spam."""
        return self._get("MAX_LINKS", 2)

    @property
    def blocked_domains(self) -> list[str]:
        """A link to one of these hosts, or to a host below it, makes a comment spam."""
        return self._get("BLOCKED_DOMAINS", [])

    @property
    def duplicate_hours(self) -> int:
        """The same text from somebody within so many hours is held."""
        return self._get("DUPLICATE_HOURS", 24)

    @property
    def min_seconds(self) -> int:
        """A form that comes back sooner than so many seconds after it was made gets the "Check and send" page."""
        return self._get("MIN_SECONDS", 4)

    @property
    def max_form_age(self) -> int:
        """A form token older than so many seconds gets the "Check and send" page."""
        return self._get("MAX_FORM_AGE", 24 * 60 * 60)

    @property
    def rate(self) -> str:
        """Posts allowed per network, as "count/period" with the period s, m, h or d."""
        return self._get("RATE", "5/m")

    @property
    def page_rate(self) -> str:
        """Posts allowed per page from everybody together."""
        return self._get("PAGE_RATE", "60/m")

    @property
    def trusted_proxies(self) -> int:
        """How many reverse proxies in front of Django append to X-Forwarded-For. 0: the header is not read."""
        return self._get("TRUSTED_PROXIES", 0)

    @property
    def page_size(self) -> int:
        """Comments a page of the list holds."""
        return self._get("PAGE_SIZE", 50)

    @property
    def replies_shown(self) -> int:
        """Replies that come with each comment; the rest has its own cursor."""
        return self._get("REPLIES_SHOWN", 10)

    @property
    def menu_count(self) -> bool:
        """Whether the admin menu item counts what waits."""
        return self._get("MENU_COUNT", True)


comments_settings = CommentsSettings()
