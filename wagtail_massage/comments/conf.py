"""The settings of visitor comments, all optional: WAGTAIL_MASSAGE_COMMENTS_<NAME>."""

from __future__ import annotations

from ..conf import AppSettings

DEFAULT_CHECKS = [
    "wagtail_massage.comments.screening.length.LengthCheck",
    "wagtail_massage.comments.screening.links.LinkCheck",
    "wagtail_massage.comments.screening.words.WordsCheck",
    "wagtail_massage.comments.screening.lists.ListsCheck",
    "wagtail_massage.comments.screening.impersonation.ImpersonationCheck",
    "wagtail_massage.comments.screening.honeypot.HoneypotCheck",
    "wagtail_massage.comments.screening.form_token.FormTokenCheck",
    "wagtail_massage.comments.screening.duplicate.DuplicateCheck",
    "wagtail_massage.comments.screening.health.HealthCheck",
]
"""What WAGTAIL_MASSAGE_COMMENTS_CHECKS is unless a site says otherwise; settings may add to it."""

RESERVED_NAMES = [
    "admin",
    "administrator",
    "moderator",
    "official",
    "site",
    "staff",
    "support",
    "team",
    "the",
    "webmaster",
]
"""What WAGTAIL_MASSAGE_COMMENTS_RESERVED_NAMES is unless a site says otherwise."""


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
    def close_after_days(self) -> int:
        """So many days after its first publication a page takes no more comments; 0: never. A choice on a page or
        section may say otherwise."""
        return self._get("CLOSE_AFTER_DAYS", 0)

    @property
    def email(self) -> str:
        """What a guest must say about an e-mail address where nobody chose: a value of `states.EmailRule`."""
        return self._get("EMAIL", "OPTIONAL")

    @property
    def accounts(self) -> str:
        """Dotted path of the function that reads an author token; see `accounts`."""
        return self._get("ACCOUNTS", "wagtail_massage.comments.accounts.author_from_token")

    @property
    def trust_after(self) -> int:
        """Proved identities appear without waiting after so many approvals in a row; 0: never."""
        return self._get("TRUST_AFTER", 0)

    @property
    def edit_minutes(self) -> int:
        """For so many minutes after writing, the author may edit; 0: never. Withdrawing is always possible."""
        return self._get("EDIT_MINUTES", 30)

    @property
    def receipt_days(self) -> int:
        """So many days a receipt (the author's private link) works."""
        return self._get("RECEIPT_DAYS", 90)

    @property
    def report_threshold(self) -> int:
        """So many reports that nobody has looked at hide a comment until a moderator decides; 0: never."""
        return self._get("REPORT_THRESHOLD", 3)

    @property
    def report_rate(self) -> str:
        """Reports allowed per network, as "count/period"."""
        return self._get("REPORT_RATE", "10/h")

    @property
    def site_rate(self) -> str:
        """Posts allowed on the whole installation, from everybody together."""
        return self._get("SITE_RATE", "600/m")

    @property
    def undo_days(self) -> int:
        """For so many days a moderator's removal can be taken back by "Undo"."""
        return self._get("UNDO_DAYS", 30)

    @property
    def keep_network_days(self) -> int:
        """So many days the keyed digest of a visitor's network is kept; `purge_comments` removes it."""
        return self._get("KEEP_NETWORK_DAYS", 30)

    @property
    def keep_unconfirmed_days(self) -> int:
        """So many days a comment waits for its author to confirm the address; `purge_comments` removes it."""
        return self._get("KEEP_UNCONFIRMED_DAYS", 7)

    @property
    def banned_words(self) -> list[str]:
        """Words and phrases that make a comment spam. An entry with a slash or ending in .txt names a file."""
        return self._get("BANNED_WORDS", [])

    @property
    def suspect_words(self) -> list[str]:
        """Words and phrases that hold a comment. Written as BANNED_WORDS."""
        return self._get("SUSPECT_WORDS", [])

    @property
    def reserved_names(self) -> list[str]:
        """Names that only the team may use, besides the names of everybody who enters the admin or moderates. A name
        that is made of such words alone ("The Site Admin") is reserved too."""
        return self._get("RESERVED_NAMES", RESERVED_NAMES)

    @property
    def moderator_mails(self) -> dict[str, str]:
        """How often moderators are told of each lane (`states.MailLane`) unless they chose: a `MailFrequency`."""
        return {
            "WAITING": "INSTANT",
            "PUBLISHED": "DIGEST",
            "REPORTED": "INSTANT",
            "HEALTH": "INSTANT",
            **self._get("MODERATOR_MAILS", {}),
        }

    @property
    def digest_hour(self) -> int:
        """From this hour on (0 to 23, in TIME_ZONE) the day's digests are sent to moderators."""
        return self._get("DIGEST_HOUR", 7)

    @property
    def author_mails(self) -> bool:
        """Whether authors who asked are told by mail of decisions and answers."""
        return self._get("AUTHOR_MAILS", True)

    @property
    def akismet_key(self) -> str:
        """The key of the Akismet account; needed by `screening.akismet.AkismetCheck`."""
        return self._get("AKISMET_KEY", "")

    @property
    def akismet_url(self) -> str:
        """Where Akismet's API, or a service that speaks like it, answers."""
        return self._get("AKISMET_URL", "https://rest.akismet.com/1.1/")

    @property
    def erasure_ledger(self) -> str:
        """Path of a file outside of the database to which the public ids of erased comments are added, so that they
        can be erased again after a backup was restored; "" for none."""
        return self._get("ERASURE_LEDGER", "")

    @property
    def checks(self) -> list[str]:
        """Dotted paths of the screening checks, run in this order; all of them always run."""
        return self._get("CHECKS", DEFAULT_CHECKS)

    @property
    def health_answer_hours(self) -> int:
        """A health question that nobody answered within so many hours is brought to everybody who moderates."""
        return self._get("HEALTH_ANSWER_HOURS", 24)

    @property
    def health_urgent_hours(self) -> int:
        """The same for one that names a red flag."""
        return self._get("HEALTH_URGENT_HOURS", 2)

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
    def element(self) -> bool:
        """Whether comments that are printed on a page stand inside of `<massage-comments>`, which needs scripts and
        the JSON API and leaves the plain list and form where it has neither."""
        return self._get("ELEMENT", False)

    @property
    def return_urls(self) -> list[str]:
        """Where visitors may be sent back to after the plain form of a front end: beginnings of addresses, with
        their origin, such as "https://www.example.com/"."""
        return self._get("RETURN_URLS", [])

    @property
    def menu_count(self) -> bool:
        """Whether the admin menu item counts what waits."""
        return self._get("MENU_COUNT", True)


comments_settings = CommentsSettings()
