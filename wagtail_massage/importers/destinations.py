"""Where an imported article may go: a page type made with `BenefitListMixin`, below a page that takes it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from ..base_page import get_page_model
from ..treatments.abstract import BenefitListIndexMixin, BenefitListMixin
from ..treatments.discovery import page_models
from .refusal import ImportRefused

MOST_NAMED = 20  # candidates that an error message lists


class Destination(NamedTuple):
    """The page type of the article and the page under which it is made."""

    model: Any
    parent: Any


def find_model(label: str | None) -> Any:
    """Return the page type of articles: the one `label` ("app.Model") names, else the only one there is."""
    models = page_models(BenefitListMixin)
    names = ", ".join(model._meta.label for model in models)
    if not models:
        raise ImportRefused(
            "No page type of this site is made for articles. Add wagtail_massage.treatments and "
            "wagtail_massage.pages to INSTALLED_APPS, or make a page type with BenefitListMixin."
        )
    if label:
        for model in models:
            if model._meta.label_lower == label.lower():
                return model
        raise ImportRefused(f"{label!r} is no page type for articles. Choose one of: {names}.")
    if len(models) > 1:
        raise ImportRefused(
            f"This site has several page types for articles. Name one with --page-type: {names}."
        )
    return models[0]


def find_parent(model: Any, pk: int | None) -> Any:
    """Return the page `pk`, else the only index of articles, if pages of type `model` can be made below it."""
    if pk is not None:
        page = get_page_model().objects.filter(pk=pk).first()
        if page is None:
            raise ImportRefused(f"There is no page {pk}. {_offer(model)}")
        if not model.can_create_at(page):
            raise ImportRefused(
                f"Page {pk} ({page.title}) takes no {model._meta.verbose_name}. {_offer(model)}"
            )
        return page
    candidates = list(parents_of(model)[:2])
    if len(candidates) != 1:
        raise ImportRefused(f"Say below which page to import, with --parent PK. {_offer(model)}")
    return candidates[0]


def parents_of(model: Any) -> QuerySet[Any]:
    """Return the pages below which articles belong: the indexes of articles; where a site has no type for these,
    every page that takes a `model`."""
    allowed = model.allowed_parent_page_models()
    indexes = [parent for parent in allowed if issubclass(parent, BenefitListIndexMixin)]
    types = ContentType.objects.get_for_models(*(indexes or allowed)).values()
    return get_page_model().objects.filter(content_type__in=list(types), alias_of=None).order_by("path")


def may_import(user: Any) -> bool:
    """Tell whether there is a place where `user` may make an article. At most two queries for each page type."""
    policy = PagePermissionPolicy()
    if not policy.user_has_permission(user, "add"):
        return False
    allowed = policy.instances_user_has_permission_for(user, "add")
    return any((parents_of(model) & allowed).exists() for model in page_models(BenefitListMixin))


def destinations_for(user: Any, *, parent_pk: int | None = None) -> list[Destination]:
    """Return every place where `user` may make an article, in the order of the tree.

    `parent_pk` names a page that need not be an index, such as the one from which the user came.
    """
    found = []
    for model in page_models(BenefitListMixin):
        pages = parents_of(model)
        if parent_pk is not None:
            pages = pages | get_page_model().objects.filter(pk=parent_pk)
        found += [Destination(model, page) for page in pages if takes(page, model, user)]
    return found


def models_below(page: Any, user: Any) -> list[Any]:
    """Return the page types of articles that `user` may make below an index of articles; [] for any other page."""
    if not issubclass(page.specific_class or object, BenefitListIndexMixin):
        return []
    return [model for model in page_models(BenefitListMixin) if takes(page, model, user)]


def takes(page: Any, model: Any, user: Any) -> bool:
    """Tell whether `user` may make a page of type `model` below `page`."""
    return bool(model.can_create_at(page) and page.permissions_for_user(user).can_add_subpage())


def _offer(model: Any) -> str:
    pages = list(parents_of(model)[: MOST_NAMED + 1])
    if not pages:
        return (
            f"No page of this site takes a {model._meta.verbose_name} yet: make an index page for it first."
        )
    named = ", ".join(f"{page.pk} ({page.title})" for page in pages[:MOST_NAMED])
    return f"Possible are: {named}{', …' if len(pages) > MOST_NAMED else ''}."
