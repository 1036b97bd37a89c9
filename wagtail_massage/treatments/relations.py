"""What hangs on pages (tags, options, areas, contraindications, links), for any number of pages in one query.

Django asks once for each relation of each type. Here every relation is one arm of a UNION ALL: where it belongs and, as
JSON, what a document needs of it. `rows` gives what was fetched; for a page that nobody fetched it for, such as a draft
in a preview, it asks the page.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, QuerySet, Value, Window
from django.db.models.functions import JSONObject, RowNumber
from django.utils import timezone
from wagtail.models import Site

from wagtail_massage.base_page import get_page_model
from wagtail_massage.benefits.page_links import has_plain_address
from wagtail_massage.sites import remember_root_paths
from wagtail_massage.statements import Statement, a_moment, some_ids, some_uuids
from wagtail_massage.visibility import paths_of, public_within

from .discovery import page_models

_KEPT = "_massage_rows"
_COLUMNS = ("massage_relation", "massage_owner", "massage_place", "massage_data")
_PAGE = {"pk": "pk", "title": "title", "url_path": "url_path"}
_LINKED = {**_PAGE, "type": "content_type_id"}
_PERSON = {name: name for name in ("id", "name", "role", "credentials")}


def rows(page: Any, name: str) -> list[Any]:
    """Return the rows of a relation of `page`: those fetched with `fetch`, or what the page itself holds."""
    kept = getattr(page, _KEPT, None)
    return list(getattr(page, name).all()) if kept is None else kept.get(name, [])


def linked(page: Any, name: str) -> list[Any] | None:
    """Return the public pages of a link relation that `fetch` has found, None where it was not asked."""
    kept = getattr(page, _KEPT, None)
    return None if kept is None else kept.get(name, [])


def fetch(
    pages: Sequence[Any], site: Site, *, whole: bool = False, links: Collection[int] = ()
) -> dict[int, str | None]:
    """Fetch what the cards of `pages` need, with `whole` what their own documents need too. One query.

    Afterwards pages know their `author`, `rows` answers "tags", "options", "body_areas", "contraindications", and
    `linked` answers "treatments", "articles", "alternates". Returns the addresses of the pages whose ids are `links`,
    for links in rich text; None for a page that is gone, nothing for one whose type makes addresses of its own.
    """
    urls: dict[int, str | None] = dict.fromkeys(links)
    by_type: dict[type, list[Any]] = {}
    for page in pages:
        setattr(page, _KEPT, {})
        by_type.setdefault(type(page), []).append(page)
    if not pages and not links:
        return urls
    types = tuple((model, len(some)) for model, some in by_type.items())
    authors = dict.fromkeys(page.author_id for page in pages if has_author(type(page)) and page.author_id)
    statement = _relations(types, paths_of(site), len(urls), len(authors), whole=whole)
    ordered = [page for some in by_type.values() for page in some]
    owners = {page.pk: page for page in ordered}
    keys = {page.translation_key: page for page in ordered} if whole else {}
    values = [timezone.now(), *owners, *urls, *authors, *(page.translation_key for page in ordered)]
    for relation, owner, _place, data in sorted(statement.run(values), key=_order):
        data = json.loads(data) if isinstance(data, str) else data
        if relation == "authors":
            _keep_author(pages, data)
        elif relation == "links":
            _keep_url(urls, data)
        elif relation == "alternates":
            _keep_alternate(keys[UUID(data["key"])], data)
        else:
            kept = getattr(owners[owner], _KEPT)
            kept.setdefault(relation, []).append(_MAKERS[relation](data))
    for page in pages:
        if articles := getattr(page, _KEPT).get("articles"):
            articles.sort(key=lambda article: (article.first_published_at or "", article.pk), reverse=True)
    return urls


@lru_cache(maxsize=256)
def _relations(
    types: tuple[tuple[Any, int], ...], roots: tuple[str, ...], links: int, authors: int, *, whole: bool
) -> Statement:
    """What `fetch` asks for, for so many pages of each type.

    Takes the moment, the ids of pages, of those that texts link to, of authors, and translation keys.
    """
    count = sum(size for _model, size in types)
    ids, keys, linked_pages = some_ids(count), some_uuids(count), some_ids(links, after=count)
    people = some_ids(authors, after=count + links)
    public = public_within(roots, now=a_moment())
    arms: list[QuerySet[Any]] = []
    first = 0
    for model, size in types:
        some = slice(first, first + size)
        arms += _arms(model, ids[some], keys[some], public, whole=whole)
        first += size
    if links:
        arms.append(_arm("links", get_page_model().objects.filter(pk__in=linked_pages), "pk", _LINKED, "pk"))
    if authors:
        arms.append(_arm("authors", _person().objects.filter(pk__in=people), "pk", _PERSON, "pk"))
    return Statement(arms[0].union(*arms[1:], all=True), [a_moment(), *ids, *linked_pages, *people, *keys])


def has_author(model: Any) -> bool:
    """Whether pages of this type name somebody who has written them."""
    from .abstract import BenefitListMixin

    return issubclass(model, BenefitListMixin)


def _person() -> Any:
    from .models import Person

    return Person


def _keep_author(pages: Sequence[Any], data: dict[str, Any]) -> None:
    person = _person().from_db(None, list(_PERSON), [data[name] for name in _PERSON])
    for page in pages:
        if has_author(type(page)) and page.author_id == person.pk:
            page.author = person


def _keep_url(urls: dict[int, str | None], data: dict[str, Any]) -> None:
    """Note the address of a page that rich text links to, unless its type has addresses of its own making."""
    model = ContentType.objects.get_for_id(data["type"]).model_class()
    if model is not None and not has_plain_address(model):
        del urls[data["pk"]]
        return
    page = _page(data)
    remember_root_paths(page)  # which asks the page, not the request
    urls[page.pk] = str(page.url)


def _order(row: Sequence[Any]) -> tuple[str, int, bool, int]:
    relation, owner, place, _data = row
    return relation, owner, place is None, place or 0


def _keep_alternate(page: Any, data: dict[str, Any]) -> None:
    if data["pk"] != page.pk:
        getattr(page, _KEPT).setdefault("alternates", []).append(_page(data))


def _arms(
    model: Any, ids: list[int], keys: list[UUID], public: QuerySet[Any], *, whole: bool
) -> Iterator[QuerySet[Any]]:
    from .abstract import BenefitListMixin, TreatmentMixin

    yield _tagged(model, ids)
    if issubclass(model, TreatmentMixin):
        yield _arm(
            "options",
            _related(model, "options").filter(page_id__in=ids, active=True),
            "page_id",
            _OPTION,
            "sort_order",
        )
        yield _many(model, ids, "body_areas", {"name": "name", "slug": "slug"})
        if whole:
            yield _many(model, ids, "contraindications", _CONTRAINDICATION)
            for articles in page_models(BenefitListMixin):
                about = _related(articles, "subjects").filter(
                    treatment_id__in=ids, page__in=public.values("pk")
                )
                shown = {name: f"page__{path}" for name, path in _PAGE.items()}
                shown |= {"first_published_at": "page__first_published_at"}
                yield _arm("articles", about, "treatment_id", shown, "pk")
    if issubclass(model, BenefitListMixin):
        subjects = _related(model, "subjects").filter(page_id__in=ids, treatment__in=public.values("pk"))
        by_hand = Window(RowNumber(), order_by=[F("sort_order").asc(nulls_last=True), "pk"])
        by_title = Window(RowNumber(), order_by=["treatment__title", "treatment_id"])
        shown = {name: f"treatment__{path}" for name, path in _PAGE.items()}
        yield _arm("treatments", subjects, "page_id", {**shown, "by_title": by_title}, by_hand)
    if whole:
        same = public.filter(translation_key__in=keys)
        shown = {**_PAGE, "key": "translation_key", "locale": "locale__language_code"}
        yield _arm("alternates", same, "pk", shown, "pk")


_OPTION = {name: name for name in ("label", "minutes", "price", "price_from", "booking_url", "active")}
_CONTRAINDICATION = {
    name: name
    for name in ("id", "name", "slug", "synonyms", "level", "explanation", "clinically_reviewed_date")
}


def _related(model: Any, name: str) -> Any:
    return model._meta.get_field(name).related_model._default_manager


def _tagged(model: Any, ids: list[int]) -> QuerySet[Any]:
    through = model._meta.get_field("tags").remote_field.through
    return _arm(
        "tags",
        through._default_manager.filter(content_object_id__in=ids),
        "content_object_id",
        {"name": "tag__name"},
        "pk",
    )


def _many(model: Any, ids: list[int], name: str, columns: dict[str, str]) -> QuerySet[Any]:
    field = model._meta.get_field(name)
    owner, other = f"{field.m2m_field_name()}_id", field.m2m_reverse_field_name()
    through = field.remote_field.through._default_manager.filter(**{f"{owner}__in": ids})
    return _arm(name, through, owner, {key: f"{other}__{path}" for key, path in columns.items()}, "pk")


def _arm(
    relation: str, found: QuerySet[Any], owner: str, columns: Mapping[str, str | Window], place: str | Window
) -> QuerySet[Any]:
    return (
        found.order_by()
        .annotate(
            massage_relation=Value(relation, output_field=CharField()),
            massage_owner=F(owner),
            massage_place=F(place) if isinstance(place, str) else place,
            massage_data=JSONObject(**columns),
        )
        .values_list(*_COLUMNS)
    )


def _page(data: dict[str, Any]) -> Any:
    """Return a page that knows its title and address; the rest would be asked for."""
    model = get_page_model()
    names = ["id", "title", "url_path"]
    page = model.from_db(None, names, [data["pk"], data["title"], data["url_path"]])
    page.massage_locale = data.get("locale")
    page.first_published_at = data.get("first_published_at")
    page.massage_by_title = data.get("by_title")
    return page


def _option(data: dict[str, Any]) -> Any:
    price = data["price"]
    known = {"price": None if price is None else Decimal(str(price)), "price_from": bool(data["price_from"])}
    return SimpleNamespace(**{**data, **known, "active": bool(data["active"])})


def _contraindication(data: dict[str, Any]) -> Any:
    from .models import Contraindication

    reviewed = data["clinically_reviewed_date"]
    return Contraindication(**{**data, "clinically_reviewed_date": reviewed and date.fromisoformat(reviewed)})


_MAKERS: dict[str, Any] = {
    "tags": lambda data: SimpleNamespace(**data),
    "options": _option,
    "body_areas": lambda data: SimpleNamespace(**data),
    "contraindications": _contraindication,
    "treatments": _page,
    "articles": _page,
}
