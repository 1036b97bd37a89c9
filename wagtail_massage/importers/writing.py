"""An article becomes a page, once. Comments follow through the comments room, if it is installed.

A text is known again by its source key. What a repeated import finds decides what happens:

    the text is known, its page is there      nothing but comments that are not there yet
    the text is known, its page was deleted   refused; `again` makes a new page
    the title is known, the text is new       refused, for the page may have been edited since; `again` makes a new page
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ..base_page import get_page_model
from .article import Article
from .article_body import find_gaps, make_body
from .destinations import Destination
from .models import ImportedArticle
from .refusal import ImportRefused

COMMENTS_APP = "wagtail_massage.comments"
LONGEST_TITLE = 255
LONGEST_SLUG = 240  # leaves room for a number


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is imported: the article as read (and cut), the key of its text, and a name for people."""

    article: Article
    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of it. `notes` are sentences about everything that needs a look."""

    page: Any
    is_new: bool
    new_comments: int = 0
    known_comments: int = 0
    notes: tuple[str, ...] = ()


def comments_installed() -> bool:
    return apps.is_installed(COMMENTS_APP)


def find_known(source: Source) -> ImportedArticle | None:
    """Return what an earlier import of the same text has left."""
    return ImportedArticle.objects.select_related("page").filter(source_key=source.key).first()


def find_namesake(source: Source) -> ImportedArticle | None:
    """Return the newest import of another text under the same title whose page is still there."""
    if not source.article.title:
        return None
    others = ImportedArticle.objects.exclude(source_key=source.key).exclude(page=None)
    return others.filter(title=source.article.title).select_related("page").order_by("-pk").first()


def write_article(
    source: Source,
    destination: Destination,
    *,
    title: str = "",
    publish: bool = False,
    comments: str | None = "PENDING",
    again: bool = False,
    by: Any,
    now: datetime,
) -> Imported:
    """Make the page of an article, all or nothing.

    Args:
        title: the title to use instead of the one in the text.
        publish: else the page is a draft. An article with gaps stays a draft in either case.
        comments: "PENDING" or "APPROVED", the status of the comments in the text; None leaves them out.
        again: make a new page although the old one was deleted, or although there is one with another text.
        by: the user who is made the owner, None from the command line.

    Raises:
        ImportRefused: nothing was written.
    """
    notes: list[str] = []
    with transaction.atomic():
        record = _find_record(source, again=again, by=by, now=now)
        page: Any = record.page
        is_new = page is None
        if is_new:
            page, notes = _make_page(source, destination, title=title, publish=publish, by=by)
            record.page, record.imported_at, record.imported_by = page, now, by
            record.save()
        elif publish and not page.live:
            notes.append(_("The page is still a draft. Publish it in the editor."))
        new, known, comment_notes = _write_comments(page, source, comments, by=by, now=now)
    return Imported(
        page=page,
        is_new=is_new,
        new_comments=new,
        known_comments=known,
        notes=(*notes, *comment_notes),
    )


def _find_record(source: Source, *, again: bool, by: Any, now: datetime) -> ImportedArticle:
    record = find_known(source)
    if record and record.page is None and not again:
        raise ImportRefused(
            "This text was imported before and its page has been deleted since. Nothing was made; add --again to "
            "make a new page."
        )
    namesake = None if record or again else find_namesake(source)
    if namesake:
        raise ImportRefused(
            f"An article with this title was imported before with another text, as page {namesake.page_id}. Edit that "
            "page, or add --again to make another one."
        )
    made = {"title": source.article.title[:LONGEST_TITLE], "imported_at": now, "imported_by": by}
    return record or ImportedArticle.objects.get_or_create(source_key=source.key, defaults=made)[0]


def _make_page(
    source: Source, destination: Destination, *, title: str, publish: bool, by: Any
) -> tuple[Any, list[str]]:
    """Make the page and return it with what needs a look."""
    model = destination.model
    parent = get_page_model().objects.get(
        pk=destination.parent.pk
    )  # its count of children changes with each page
    title = title or source.article.title
    article = replace(source.article, title=title)
    body, gaps = make_body(article), find_gaps(article)
    notes = body.notes
    if not title:
        title = source.name[:LONGEST_TITLE]
        gaps.insert(0, _("The text has no title; the name of its source was taken."))
    page = model(title=title, slug=_free_slug(parent, title), live=False, owner=by)
    page.body = _to_stream(model, body.blocks)
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        raise ImportRefused(
            _("The page cannot be made. %(reason)s") % {"reason": _in_words(error)}
        ) from error
    revision = page.save_revision(
        user=by, clean=False
    )  # as the editor saves drafts: what is missing may follow
    if publish and not gaps:
        gaps = _publish(page, revision, by)
    if publish and gaps:
        notes.append(_("The page stays a draft, it has to be completed first."))
    return page, [*notes, *(gaps if publish else [])]


def _publish(page: Any, revision: Any, by: Any) -> list[str]:
    """Publish, and return what the page type objects to instead if it does."""
    try:
        page.full_clean()
    except ValidationError as error:
        return [_in_words(error)]
    revision.publish(user=by)
    page.refresh_from_db()
    return []


def _to_stream(model: Any, blocks: list[dict[str, Any]]) -> Any:
    stream_block = model._meta.get_field("body").stream_block
    missing = {block["type"] for block in blocks} - set(stream_block.child_blocks)
    if missing:
        raise ImportRefused(
            f"The body of {model._meta.label} has no block named {', '.join(sorted(missing))}, so the article cannot "
            "be put there without loss."
        )
    return stream_block.to_python(blocks)


def _free_slug(parent: Any, title: str) -> str:
    allow_unicode = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)
    base = slugify(title, allow_unicode=allow_unicode)[:LONGEST_SLUG].strip("-_") or "article"
    taken = set(parent.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _in_words(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())


def _write_comments(
    page: Any, source: Source, status: str | None, *, by: Any, now: datetime
) -> tuple[int, int, list[str]]:
    found = source.article.comments
    if not found or status is None:
        return 0, 0, []
    if not comments_installed():
        return 0, 0, [_("The comments in the text were left out: the comments app is not installed.")]
    from .comment_writing import write_comments

    written = write_comments(page, found, key=source.key, name=source.name, status=status, by=by, now=now)
    return written.new, written.known, written.notes
