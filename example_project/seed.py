"""Fill the empty demo site. `startup` calls `seed` once, in a transaction: all of it is there, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from wagtail.models import Page, Site

from .content import loader
from .home.models import HomePage


def seed(*, password: str, report: Callable[[int, int], None]) -> None:
    """Make the demo's pages from `content/`.

    Args:
        password: for the accounts that the content brings along; the same one that the admin user gets.
        report: call it as `report(done, total)` after each piece of work; it draws the progress bar.
    """
    content = loader.load()
    site = Site.objects.get(is_default_site=True)
    welcome_page = site.root_page
    home = HomePage(title=content.site.home.title, slug="otterfold", standfirst=content.site.home.standfirst)
    home.body = [("paragraph", f"<p>{paragraph}</p>") for paragraph in content.site.home.body]
    Page.objects.get(depth=1).add_child(instance=home)
    site.root_page, site.site_name = home, content.site.name
    site.save()
    welcome_page.delete()
    report(1, 1)
