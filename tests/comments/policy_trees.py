"""A small tree of pages, and choosing who may comment on them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import Page

from tests.projects.blog.models import BlogPage, PlainPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.policies import PolicyTerms
from wagtail_massage.comments.states import Policy

Tree = dict[str, Page]


def choose(page: Page, policy: str | None, **terms: Any) -> None:
    chosen = Policy(policy) if policy else None
    actions.set_policy(page=page, policy=chosen, by=None, now=timezone.now(), terms=PolicyTerms(**terms))


def add(parent: Page, name: str, kind: type[Page] = BlogPage) -> Page:
    child = parent.add_child(instance=kind(title=name.title(), slug=name))
    return Page.objects.get(pk=child.pk)


def grow(home: Page) -> Tree:
    """home > section (takes no comments) > article > answer; home > other."""
    section = add(home, "section", PlainPage)
    article = add(section, "article")
    return {
        "home": home,
        "section": section,
        "article": article,
        "answer": add(article, "answer"),
        "other": add(home, "other"),
    }
