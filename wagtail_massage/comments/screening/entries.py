"""The lists that people keep in the admin: read, and checked before they are stored."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import ScreeningEntry
from ..states import EntryKind
from .addresses import fold_email, fold_host
from .folding import skeleton
from .lexicon import phrase_of
from .memory import Remembered

NETWORK_KEY = re.compile(r"[0-9a-f]{64}")
_WIDEST = {4: 8, 6: 16}  # wider networks would shut out a good part of the world by a slip of the finger
_SHORTEST_OPEN = 3


def _read() -> dict[str, tuple[str, ...]]:
    current = ScreeningEntry.objects.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
    lists: dict[str, list[str]] = {}
    for kind, value in current.order_by("pk").values_list("kind", "value"):
        lists.setdefault(kind, []).append(value)
    return {kind: tuple(values) for kind, values in lists.items()}


_lists = Remembered(_read)
rows_changed = _lists.rows_changed
forget = _lists.forget


def values_of(kind: EntryKind) -> tuple[str, ...]:
    """Return the values of all entries of `kind` that have not ended, in the order in which they were made."""
    return _lists().get(kind, ())


def clean_value(kind: str, value: str) -> str:
    """Return `value` as an entry of `kind` is stored.

    Raises:
        ValidationError: if it could never match, or would match too much.
    """
    return _CLEANERS[EntryKind(kind)](value.strip())


def _clean_words(value: str) -> str:
    value = " ".join(value.split())
    phrase = phrase_of(value)
    if not phrase.strip():
        raise ValidationError(_("“%(value)s” holds no letters or digits.") % {"value": value})
    if "*" in value.strip("*"):
        raise ValidationError(_("The star can only stand at the beginning or at the end."))
    if value != value.strip("*") and len(phrase.strip()) < _SHORTEST_OPEN:
        raise ValidationError(
            _("Together with a star, give three letters or more: else nearly everything matches.")
        )
    return value


def _clean_domain(value: str) -> str:
    try:
        host = urlsplit(value if "//" in value else f"//{value}").hostname or ""
    except ValueError:
        host = ""
    folded = fold_host(host.removeprefix("www."))
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", folded):
        raise ValidationError(_("“%(value)s” is no domain. Write it as example.com.") % {"value": value})
    return folded


def _clean_email(value: str) -> str:
    try:
        validate_email(f"x{value}" if value.startswith("@") else value)
    except ValidationError as error:
        message = _(
            "“%(value)s” is no e-mail address. Write it as name@example.com, or @example.com for all."
        )
        raise ValidationError(message % {"value": value}) from error
    return fold_email(value)


def _clean_network(value: str) -> str:
    if NETWORK_KEY.fullmatch(value):
        return value
    try:
        network = ipaddress.ip_network(value, strict=False)
    except ValueError as error:
        message = _(
            "“%(value)s” is no network. Write an IP address, or a network as 192.0.2.0/24 or 2001:db8::/32."
        )
        raise ValidationError(message % {"value": value}) from error
    if network.prefixlen < _WIDEST[network.version]:
        message = _("%(network)s holds too many visitors. The widest that can be blocked is /%(widest)d.")
        raise ValidationError(message % {"network": network, "widest": _WIDEST[network.version]})
    is_one = network.prefixlen == network.max_prefixlen
    return str(network.network_address) if is_one else str(network)


def _clean_name(value: str) -> str:
    if not skeleton(value):
        raise ValidationError(_("“%(value)s” holds no letters or digits.") % {"value": value})
    return " ".join(value.split())


_CLEANERS: dict[EntryKind, Callable[[str], str]] = {
    EntryKind.BANNED_WORDS: _clean_words,
    EntryKind.SUSPECT_WORDS: _clean_words,
    EntryKind.BLOCKED_DOMAIN: _clean_domain,
    EntryKind.BLOCKED_EMAIL: _clean_email,
    EntryKind.BLOCKED_NETWORK: _clean_network,
    EntryKind.RESERVED_NAME: _clean_name,
}
