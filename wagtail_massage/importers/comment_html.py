"""The loose HTML of comments elsewhere, as the plain text that comments are here.

Linear in its input, whatever that is: pieces between < and > are looked up, nothing is parsed twice.
"""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b([^<>]*)>|<!(?:--)?[^<>]*>")
_BREAK = re.compile(r"<br\b[^<>]*>[ \t]*(?:\r?\n)?", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_MANY_LINES = re.compile(r"\n{3,}")

_BLOCKS = "p div blockquote pre ul ol dl table h1 h2 h3 h4 h5 h6 hr section article figure"
_PHRASES = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd mark q s samp small span strike strong "
    "sub sup tbody td tfoot th thead time tt u var"
)
_PARAGRAPHS, _INLINE = frozenset(_BLOCKS.split()), frozenset(_PHRASES.split())
_LINES = frozenset({"li", "tr", "dt", "dd"})
_SILENT = frozenset({"script", "style"})

_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_CONTROLS = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF])
_UNWANTED = {**_CONTROLS, **_WINDOWS}
"""What no comment may hold; what Windows means by codes that Unicode has for controls is put right."""


def to_plain_text(html: str) -> str:
    """Return the text of a comment: paragraphs parted by a blank line, lines kept, links with their address behind.

    What only looks like a tag ("<3", "<me@spa.example>", "a < b > c") stays as it was typed.
    """
    parts: list[str] = []
    links: list[tuple[str, int]] = []  # of the open <a>: its address, and where its text begins
    silent = ""
    position = 0
    html = _BREAK.sub("\n", html)
    for tag in _TAG.finditer(html):
        if not silent:
            parts.append(_text(html[position : tag.start()]))
        position = tag.end()
        is_end, name = bool(tag[1]), (tag[2] or "").lower()
        if name in _SILENT:
            silent = "" if is_end else name
        elif not silent and name:
            parts.append(_tag(tag, name, is_end, parts, links))
    if not silent:
        parts.append(_text(html[position:]))
    text = "".join(parts).translate(_UNWANTED)
    lines = (line.rstrip(" \t") for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _tag(tag: re.Match[str], name: str, is_end: bool, parts: list[str], links: list[tuple[str, int]]) -> str:
    if name == "a":
        return _link(tag, is_end, parts, links)
    if name == "img":
        return _value(_ALT, tag[3])
    if name in _PARAGRAPHS:
        return "\n\n"
    if name in _LINES:
        return "\n" if is_end or name != "li" else "\n- "
    return "" if name in _INLINE else _text(tag[0])


def _link(tag: re.Match[str], is_end: bool, parts: list[str], links: list[tuple[str, int]]) -> str:
    if not is_end:
        links[:] = [(_value(_HREF, tag[3]), len(parts))]  # they are never within each other
        return ""
    if not links:
        return ""
    address, begin = links.pop()
    label = "".join(parts[begin:]).strip()
    if not address.lower().startswith(("http://", "https://")) or label.rstrip("/") == address.rstrip("/"):
        return ""
    return f" ({address})" if label else address


def _value(pattern: re.Pattern[str], attributes: str) -> str:
    match = pattern.search(attributes)
    return unescape(next(filter(None, match.groups()), "")).strip() if match else ""


def _text(html: str) -> str:
    return unescape(html.replace("&nbsp;", " ")).replace("\r\n", "\n")
