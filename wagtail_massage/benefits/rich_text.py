"""Rich text for readers: stored HTML expanded in one go, the same as plain text, and headings put in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from html.parser import HTMLParser

from django.urls import NoReverseMatch, reverse
from wagtail.rich_text import expand_db_html, get_text_for_indexing

from .page_links import write_links

_MANY_LINE_BREAKS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_ORDINARY_TAG = re.compile(
    r"<(/?)(p|h[1-6]|ul|ol|li|br|hr|a|b|strong|i|em|sup|sub|span|div|blockquote|img|embed)"
    r"""(?:\s+[a-z][a-z-]*="[^"<>]*")*\s*(/?)>""",
    re.IGNORECASE,
)
_WITHIN_LINES = frozenset({"a", "b", "strong", "i", "em", "sup", "sub", "span", "img", "embed"})
_ENDS_A_WORD = re.compile(r"(</(?:p|h\d|li|blockquote)>|<(?:br|hr)\s*/>)", re.IGNORECASE)

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "superscript", "subscript"]
"""What editors may use inside a benefit. No headings: the blocks around the text make the outline."""


def expand_html(
    sources: Sequence[str], *, base_url: str = "", page_urls: Mapping[int, str | None] | None = None
) -> list[str]:
    """Return stored rich text as display HTML, one for each source, with a constant number of queries.

    Wagtail looks up the pages, documents and images of one string together, so the sources travel as one string.
    `base_url` is put before the addresses of documents and images that name no host: files stay with the CMS, while
    the address of a page is a path on whichever origin shows it. `page_urls` are addresses that are known already.
    """
    written = [write_links(source, page_urls or {}) for source in sources]
    expanded = _expand(written)
    if not base_url:
        return expanded
    documents = _documents_prefix()
    return [_with_files_at(base_url, documents, html) for html in expanded]


def _with_files_at(base_url: str, documents: str, html: str) -> str:
    if "<img" in html:
        html = re.sub(r'(<img\b[^>]*?\ssrc=")(/(?!/))', lambda match: f"{match[1]}{base_url}{match[2]}", html)
    return html.replace(f'href="{documents}', f'href="{base_url}{documents}') if documents else html


def _documents_prefix() -> str:
    """Return how the addresses of documents begin, "" where the site serves none itself."""
    try:
        return reverse("wagtaildocs_serve", args=[0, "x"]).removesuffix("0/x")
    except NoReverseMatch:
        return ""


def _expand(sources: Sequence[str]) -> list[str]:
    separator = "<!--massage-->"
    while any(separator in source for source in sources):
        separator = f"<!--massage{len(separator)}-->"
    expanded = expand_db_html(separator.join(sources)).split(separator)
    if len(expanded) == len(sources):
        return expanded
    return [expand_db_html(source) for source in sources]  # a broken tag has swallowed a separator


def html_to_text(html: str) -> str:
    """Return HTML as plain text: paragraphs a blank line apart, list items on lines of their own."""
    reader = _TextReader()
    if (pieces := split_tags(html)) is None:
        reader.feed(html)
        reader.close()
    else:
        reader.take(pieces)
    text = "\n".join(line.strip(" \t\r\f\v") for line in "".join(reader.parts).split("\n"))
    return (_MANY_LINE_BREAKS.sub("\n\n", text) if "\n\n\n" in text else text).strip()


def _collapsed(text: str) -> str:
    """Return `text` with single spaces for what is white. Most texts have no other, which is quickly found out."""
    return text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text)


def split_tags(html: str) -> list[str] | None:
    """Return [text, "/" of an end tag, name, "/" of an empty tag, text, ...], None for HTML that is not so simple.

    What editors write holds few kinds of tags, neatly written. Taking those apart by a pattern gives what a parser
    gives, in a tenth of the time.
    """
    pieces = _ORDINARY_TAG.split(html)
    return None if any("<" in text for text in pieces[::4]) else pieces


def count_words(html: str) -> int:
    """Return the number of words in stored rich text, as Wagtail's `get_text_for_indexing` leaves them."""
    spaced = _ENDS_A_WORD.sub(r"\1 ", html)
    text = _ORDINARY_TAG.sub("", spaced)
    return len((get_text_for_indexing(html) if "<" in text else unescape(text)).split())


def demote_headings(html: str, *, below: int) -> str:
    """Return `html` with its headings starting one level under the heading level `below`, never above it."""
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", html)]
    shift = max(0, below + 1 - min(levels)) if levels else 0
    if not shift:
        return html
    return re.sub(r"(</?h)([1-6])\b", lambda match: f"{match[1]}{min(6, int(match[2]) + shift)}", html)


class _TextReader(HTMLParser):
    """Collects text, with line breaks where block elements begin and end. Scripts and styles are left out."""

    PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "div", "figure", "table"}
    SILENT = {"script", "style", "template"}

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[int | None] = []
        self.silent = 0

    def take(self, pieces: Sequence[str]) -> None:
        """Read what `split_tags` has taken apart."""
        for place in range(0, len(pieces) - 1, 4):
            text, ends, name, is_empty = pieces[place : place + 4]
            if text:
                self.parts.append(_collapsed(unescape(text)))
            if name in _WITHIN_LINES:
                continue
            if not ends:
                self.handle_starttag(name.lower(), [])
            if ends or is_empty:
                self.handle_endtag(name.lower())
        if pieces[-1]:
            self.parts.append(_collapsed(unescape(pieces[-1])))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.SILENT:
            self.silent += 1
        elif tag in {"br", "hr"}:
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append(self._bullet())
        elif tag in self.PARAGRAPHS:
            self.parts.append("\n" if self.lists else "\n\n")
            if tag in {"ul", "ol"}:
                self.lists.append(0 if tag == "ol" else None)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in self.PARAGRAPHS:
            if tag in {"ul", "ol"} and self.lists:
                self.lists.pop()
            self.parts.append("\n" if self.lists else "\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(_collapsed(data))

    def _bullet(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "\n- "
        self.lists[-1] += 1
        return f"\n{self.lists[-1]}. "
