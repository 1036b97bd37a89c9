"""E-mail addresses and hosts as they are compared: one spelling for each mailbox and each site."""

from __future__ import annotations

import unicodedata
from collections.abc import Container

_LONGEST_HOST = 253  # of a domain name, RFC 1035


def fold_host(host: str) -> str:
    """Return a host in small ASCII letters; international names in their "xn--" form."""
    small = unicodedata.normalize("NFKC", host[-_LONGEST_HOST:]).casefold().strip(".")
    if small.isascii():
        return small
    try:
        return small.encode("idna").decode("ascii")
    except UnicodeError:
        return small


def fold_email(address: str) -> str:
    """Return an address without its "+tag", in small letters. "@example.com" stays what it is."""
    local, at, domain = unicodedata.normalize("NFKC", address.strip()).casefold().rpartition("@")
    mailbox = local.partition("+")[0] or local  # an address that is all tag must not become its whole domain
    return f"{mailbox}{at}{fold_host(domain)}"


def is_below(host: str, domains: Container[str]) -> bool:
    """Tell whether a folded host, or one above it, is among `domains`."""
    rest = host
    while rest:
        if rest in domains:
            return True
        rest = rest.partition(".")[2]
    return False
