"""Fill the empty demo site from `content/`: all of it, or nothing.

`startup` calls `seed` in a transaction. Pages are made and published as an editor would, comments through the
comments room's own actions, so that the demo holds the history a real site would have.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from ..content import loader
from ..home.models import HomePage
from . import accounts, conversations, pages, pictures

Report = Callable[[int, int], None]


class ForeignSite(Exception):
    """The database belongs to somebody else's site. Nothing was changed."""


def seed(*, report: Report, now: datetime | None = None) -> bool:
    """Make the demo's images, pages, people and comments, unless they are there.

    Args:
        report: called as `report(done, total)` after each piece of work; it draws the progress bar.
        now: the moment from which the comments' ages count back (aware); the current one by default.

    Returns:
        Whether anything was made.

    Raises:
        ForeignSite: if the default site shows anything but Wagtail's untouched welcome page.
    """
    if HomePage.objects.exists():
        return False
    site = _find_untouched_site()
    content = loader.load()
    total = len(pictures.needed(content)) + pages.count(content) + len(content.comments)
    done = iter(range(1, total + 1))

    def step() -> None:
        report(next(done), total)

    now = now or timezone.now()
    with transaction.atomic():
        images = pictures.make(content, step=step)
        found = pages.make(content, images, site=site, now=now, step=step)
        staff = accounts.make(found.home)
        conversations.make(content.comments, found.by_slug, by=staff.moderator, now=now, step=step)
    return True


def _find_untouched_site() -> Site:
    """Return the default site as Wagtail's first migrations leave it: one welcome page, nothing below it."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None or Page.objects.filter(depth__gt=1).exclude(pk=site.root_page_id).exists():
        raise ForeignSite(
            "This database holds pages that are not the demo's; the demo fills an empty site only."
        )
    if site.root_page.specific_class is not Page or site.root_page.latest_revision_id:
        raise ForeignSite(
            f"The front page “{site.root_page.title}” has been edited; the demo does not replace it."
        )
    return site
