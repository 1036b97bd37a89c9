"""An article back into plain text, written so that reading it again gives the same article."""

from collections.abc import Iterator

from .article import Article, ArticleComment, ArticleItem
from .comment_trail import find_heads
from .paragraphs import Paragraph
from .plain_text import read_plain_text
from .source import UnreadableSource

SEPARATOR = "* * *"
_NUMBER_SHAPES = ("{}. ", "#{}: ", "Item {}: ")


def to_text(article: Article) -> str:
    """Return the article as plain text.

    The plainest form that reads back unchanged is taken: with "1. " before headings and nothing before the closing
    part; a separator line and other number shapes come in only where a text needs them. When no form does (an entry
    without a heading has no plain form), the plainest is returned.
    """
    content = article.without_notes()
    plainest = ""
    for text in _forms(article):
        plainest = plainest or text
        try:
            if read_plain_text(text).without_notes() == content:
                return text
        except UnreadableSource:
            break
    return plainest


def _forms(article: Article) -> Iterator[str]:
    for shape in _NUMBER_SHAPES:
        for separated in (False, True):
            yield _render(article, shape, separated)


def _render(article: Article, shape: str, separated: bool) -> str:
    blocks = [article.title] if article.title else []
    blocks += article.intro_paragraphs
    for item in article.items:
        blocks += _item_blocks(item, shape)
    if separated and article.items:
        blocks.append(SEPARATOR)
    blocks += article.outro_paragraphs
    if article.comments:
        blocks += _comment_blocks(article.comments)
    return "\n\n".join(blocks) + "\n"


def _item_blocks(item: ArticleItem, shape: str) -> list[str]:
    number = "" if item.number is None else shape.format(item.number)
    if not item.heading and item.paragraphs:
        return [number + item.paragraphs[0], *item.paragraphs[1:]]
    return [number + item.heading, *item.paragraphs]


def _comment_blocks(comments: tuple[ArticleComment, ...]) -> list[str]:
    heads = [_head(position, comment) for position, comment in enumerate(comments, 1)]
    # A first head without a date would be taken for text, so the section gets a heading.
    first = find_heads([Paragraph("-", 0, 0), Paragraph(heads[0].strip(), 1, 1), Paragraph("-", 2, 2)])
    blocks = [] if 1 in first and first[1].is_sure else ["Comments"]
    for head, comment in zip(heads, comments, strict=True):
        blocks.append(head)
        if comment.text:
            blocks.append("\n".join(f"    {line}" if line else "" for line in comment.text.split("\n")))
    return blocks


def _head(position: int, comment: ArticleComment) -> str:
    if comment.date_text:
        return f"  {position}. {comment.author} on {comment.date_text}"
    return f"  {position}. {comment.author} says:"
