"""Visitors' text: what is stored, how it is compared, and the only HTML that is ever made of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe

NAME_MAX = 80

_LINE_ENDS = re.compile(r"\r\n?")
_MANY_BLANKS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
)
_CONTROLS = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_NONCHARACTERS}]")
_BIDI_AND_TAGS = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_SPACES = re.compile(r"(\s+)")
_HTTP = re.compile(r"https?://", re.IGNORECASE)
_ANCHOR = re.compile(r'<a href="(?P<href>[^"]*)"(?: rel="nofollow")?>(?P<label>.*?)</a>', re.DOTALL)
_MARK_RUN = 8


class Unreadable(ValueError):
    """The text holds something that no person types and no database should keep."""


def clean_body(raw: str) -> str:
    """Return a comment's text as it is stored: NFC, LF line ends, at most one blank line in a row, trimmed.

    Raises:
        Unreadable: for NUL and other control characters, lone surrogates, noncharacters.
    """
    text = _LINE_ENDS.sub("\n", raw)
    _refuse(text)
    text = unicodedata.normalize("NFC", text)
    return _MANY_BLANKS.sub("\n\n", text).strip()


def clean_name(raw: str) -> str:
    """Return a display name on one line, without direction overrides and tag characters.

    Raises:
        Unreadable: as `clean_body`.
    """
    text = " ".join(raw.split())
    _refuse(text)
    return unicodedata.normalize("NFC", _BIDI_AND_TAGS.sub("", text)).strip()


def is_blank(text: str) -> bool:
    """Tell whether nothing of `text` would be seen."""
    return not _INVISIBLE.sub("", text).strip()


def has_long_mark_run(text: str) -> bool:
    """Tell whether more than eight combining marks follow each other ("zalgo" text)."""
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > _MARK_RUN:
            return True
    return False


def body_hash(body: str) -> str:
    """Return a fingerprint (64 hex digits) under which re-typed copies of a text are equal."""
    folded = " ".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", body)).casefold().split())
    return hashlib.sha256(folded.encode()).hexdigest()


def author_key(kind: str, identity: str) -> str:
    """Return the keyed fingerprint (64 hex digits) of a kind of author and an identity such as an e-mail address."""
    return salted_hmac(
        "wagtail_massage_comments.author", f"{kind}:{identity}", algorithm="sha256"
    ).hexdigest()


def network_key(network: str, moment: datetime) -> str:
    """Return the keyed fingerprint (64 hex digits) of a network in the week of `moment`; "" for no network.

    The salt changes every week, so that two comments of different weeks cannot be told to come from one place.
    """
    if not network:
        return ""
    year, week, _day = moment.astimezone(UTC).isocalendar()
    return salted_hmac(
        f"wagtail_massage_comments.network.{year}.{week}", network, algorithm="sha256"
    ).hexdigest()


def recipient_key(address: str) -> str:
    """Return the keyed fingerprint (64 hex digits) of a mailbox: the same however the address is capitalised and
    whatever stands in it behind a plus."""
    return _recipient_key(address, secret=settings.SECRET_KEY)


def recipient_keys(address: str) -> list[str]:
    """Return what `recipient_key` gives and has given: one for each key of the site, SECRET_KEY_FALLBACKS included."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_recipient_key(address, secret=secret) for secret in secrets]


def _recipient_key(address: str, *, secret: str | bytes) -> str:
    name, _at, domain = address.strip().casefold().rpartition("@")
    mailbox = f"{name.partition('+')[0] or name}@{domain}"
    salt = "wagtail_massage_comments.recipient"
    return salted_hmac(salt, mailbox, secret=secret, algorithm="sha256").hexdigest()


def body_html(body: str) -> SafeString:
    """Return the one HTML form of a comment: escaped text in p and br, links in a[href, rel]. Nothing else, ever."""
    paragraphs = [part for part in re.split(r"\n[ \t]*\n", body) if part.strip()]
    rendered = [f"<p>{_linked(part.strip())}</p>" for part in paragraphs]
    return mark_safe("".join(rendered))  # escape() came first; urlize adds only a[href, rel]


def _linked(paragraph: str) -> str:
    if not _HTTP.search(paragraph):  # nearly all of them
        return escape(paragraph).replace("\n", "<br>")
    words = [_linked_word(word) for word in _SPACES.split(paragraph)]
    return "".join(words).replace("\n", "<br>")


def _linked_word(word: str) -> str:
    """Link what was typed as http:// or https://; bare domains and e-mail addresses stay text."""
    if not _HTTP.search(word):
        return escape(word)
    return _ANCHOR.sub(_judged_anchor, urlize(word, nofollow=True, autoescape=True))


def _judged_anchor(anchor: re.Match[str]) -> str:
    """Keep a link whose host is what it seems to be: no credentials before it, no look-alike alphabets in it."""
    href, label = anchor["href"], anchor["label"]
    try:
        url = urlsplit(unescape(href))
        honest = url.scheme in {"http", "https"} and url.hostname and "@" not in url.netloc
        honest = honest and url.netloc.isascii() and "xn--" not in url.netloc.lower() and label.isascii()
        honest = honest and url.netloc in label  # urlize reads "casino%2eexample" as casino.example
    except ValueError:
        honest = False
    return f'<a href="{href}" rel="nofollow ugc noopener">{label}</a>' if honest else label


def _refuse(text: str) -> None:
    if found := _CONTROLS.search(text):
        raise Unreadable(f"The text holds a control character (U+{ord(found[0]):04X}) that cannot be stored.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(
            "The text holds half of a character (a lone surrogate). Please type it again."
        ) from error
