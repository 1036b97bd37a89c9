"""Read the demo site's TOML files into frozen dataclasses, and refuse anything that does not fit together.

`load()` is the only door. The field names are the keys of the files, arrays become tuples, prices become
decimals. A mistake in a file raises `ValueError` that names the file, the value and what would be accepted.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from .drawings import ALT_TEXT

KINDS = frozenset({"REASONS", "BENEFITS", "TIPS", "SIGNS", "MYTHS", "STEPS", "OTHER"})
NUMBERINGS = frozenset({"ASCENDING", "COUNTDOWN", "NONE"})
CALLOUT_KINDS = frozenset({"TIP", "NOTE", "IMPORTANT"})
STATUSES = frozenset({"UNCONFIRMED", "PENDING", "APPROVED", "REJECTED", "SPAM", "REMOVED"})
BODY_AREAS = frozenset(
    {"legs", "feet", "back", "shoulders", "neck", "head", "arms", "hands", "whole-body"},
)
CONTRAINDICATIONS = frozenset(
    {
        "deep-vein-thrombosis",
        "fever-or-infection",
        "recent-stroke-or-heart-event",
        "recent-surgery",
        "unexplained-swelling",
        "heart-kidney-liver-failure",
        "varicose-veins",
        "broken-or-irritated-skin",
        "blood-thinners",
        "osteoporosis",
        "cancer-treatment",
        "pregnancy",
        "high-blood-pressure",
        "diabetes-numb-feet",
        "oil-or-nut-allergy",
    },
)

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class OpeningHours:
    days: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class Home:
    title: str
    standfirst: str
    body: tuple[str, ...]
    image: str


@dataclass(frozen=True, kw_only=True)
class Index:
    """A page that lists others: the treatments, or the articles."""

    title: str
    slug: str
    standfirst: str


@dataclass(frozen=True, kw_only=True)
class Site:
    name: str
    strapline: str
    currency: str
    telephone: str
    email: str
    address: tuple[str, ...]
    opening_hours: tuple[OpeningHours, ...]
    home: Home
    treatment_index: Index
    article_index: Index


@dataclass(frozen=True, kw_only=True)
class Person:
    key: str
    name: str
    role: str
    credentials: str
    bio: str


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to book a treatment; `price` is in the site's currency, `price_from` puts "from" before it."""

    label: str
    minutes: int
    price: Decimal
    price_from: bool
    booking_url: str


@dataclass(frozen=True, kw_only=True)
class Treatment:
    title: str
    slug: str
    standfirst: str
    image: str
    body: tuple[str, ...]
    options: tuple[Option, ...]
    what_to_expect: str
    prepare: str
    aftercare: str
    contraindications: tuple[str, ...]
    body_areas: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Quote:
    text: str
    attribution: str


@dataclass(frozen=True, kw_only=True)
class Callout:
    kind: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of a benefit list; where present, image, quote and callout follow the paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]
    summary: str = ""
    image: str = ""
    quote: Quote | None = None
    callout: Callout | None = None


@dataclass(frozen=True, kw_only=True)
class Article:
    """`author` is a person's key, `treatments` are slugs."""

    title: str
    slug: str
    standfirst: str
    author: str
    display_date: dt.date
    tags: tuple[str, ...]
    treatments: tuple[str, ...]
    image: str
    intro: tuple[str, ...]
    lead_in: str
    kind: str
    numbering: str
    start: int
    show_contents: bool
    items: tuple[Item, ...]
    outro: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Comment:
    """`page` is the slug of a treatment or an article, `parent` the key of an earlier comment or empty."""

    key: str
    page: str
    author: str
    hours_ago: int
    status: str
    body: str
    parent: str = ""
    staff: bool = False


@dataclass(frozen=True, kw_only=True)
class Content:
    site: Site
    people: tuple[Person, ...]
    treatments: tuple[Treatment, ...]
    articles: tuple[Article, ...]
    comments: tuple[Comment, ...]


def load(folder: Traversable | None = None) -> Content:
    """Return everything the demo site says; `folder` defaults to the one this module lies in."""
    folder = folder or resources.files(__package__)
    content = Content(
        site=_site(_read(folder / "site.toml")),
        people=_build_all(Person, _read(folder / "people.toml")["people"], "people.toml"),
        treatments=tuple(_treatment(_read(path), path.name) for path in _toml_files(folder / "treatments")),
        articles=tuple(_article(_read(path), path.name) for path in _toml_files(folder / "articles")),
        comments=_build_all(Comment, _read(folder / "comments.toml")["comments"], "comments.toml"),
    )
    _check_pages(content)
    _check_comments(content)
    return content


def _read(path: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name} is not valid TOML: {error}.") from error


def _toml_files(folder: Traversable) -> list[Traversable]:
    return sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda p: p.name)


def _build(cls: type[T], table: Mapping[str, Any], where: str) -> T:
    """Make one dataclass from one table; a missing or an unknown key is an error that names it."""
    known = {field.name for field in fields(cls)}  # type: ignore[arg-type]
    required = {field.name for field in fields(cls) if field.default is MISSING}  # type: ignore[arg-type]
    if unknown := sorted(table.keys() - known):
        raise ValueError(f"{where}: unknown key {unknown[0]!r} for {cls.__name__}; known: {_listed(known)}.")
    if missing := sorted(required - table.keys()):
        raise ValueError(f"{where}: {cls.__name__} needs a value for {missing[0]!r}.")
    return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})


def _build_all(cls: type[T], tables: Iterable[Mapping[str, Any]], where: str) -> tuple[T, ...]:
    return tuple(_build(cls, table, where) for table in tables)


def _site(table: dict[str, Any]) -> Site:
    where = "site.toml"
    parts = {
        "opening_hours": _build_all(OpeningHours, table.get("opening_hours", ()), where),
        "home": _build(Home, table.get("home", {}), where),
        "treatment_index": _build(Index, table.get("treatment_index", {}), where),
        "article_index": _build(Index, table.get("article_index", {}), where),
    }
    return _build(Site, table | parts, where)


def _treatment(table: dict[str, Any], where: str) -> Treatment:
    options = tuple(_option(option, where) for option in table.get("options", ()))
    return _build(Treatment, table | {"options": options}, where)


def _option(table: dict[str, Any], where: str) -> Option:
    option = _build(Option, table, where)
    try:
        return replace(option, price=Decimal(str(option.price)))
    except InvalidOperation as error:
        raise ValueError(f'{where}: {option.price!r} is not a price; write it like "36.00".') from error


def _article(table: dict[str, Any], where: str) -> Article:
    items = tuple(_item(item, where) for item in table.get("items", ()))
    return _build(Article, table | {"items": items}, where)


def _item(table: dict[str, Any], where: str) -> Item:
    parts: dict[str, Any] = {}
    if "quote" in table:
        parts["quote"] = _build(Quote, table["quote"], where)
    if "callout" in table:
        parts["callout"] = _build(Callout, table["callout"], where)
    return _build(Item, table | parts, where)


def _check_pages(content: Content) -> None:
    people = _unique((person.key for person in content.people), "person key")
    treatments = _unique((treatment.slug for treatment in content.treatments), "treatment slug")
    _unique([*treatments, *(article.slug for article in content.articles)], "page slug")
    _check("site.toml", "image", [content.site.home.image], ALT_TEXT)
    for treatment in content.treatments:
        _check(treatment.slug, "contraindication", treatment.contraindications, CONTRAINDICATIONS)
        _check(treatment.slug, "body area", treatment.body_areas, BODY_AREAS)
        _check(treatment.slug, "image", [treatment.image], ALT_TEXT)
    for article in content.articles:
        callouts = [item.callout.kind for item in article.items if item.callout]
        images = [item.image for item in article.items if item.image]
        _check(article.slug, "author", [article.author], people)
        _check(article.slug, "treatment", article.treatments, treatments)
        _check(article.slug, "kind", [article.kind], KINDS)
        _check(article.slug, "numbering", [article.numbering], NUMBERINGS)
        _check(article.slug, "callout kind", callouts, CALLOUT_KINDS)
        _check(article.slug, "image", [article.image, *images], ALT_TEXT)


def _check_comments(content: Content) -> None:
    pages = {treatment.slug for treatment in content.treatments} | {
        article.slug for article in content.articles
    }
    staff = {person.name for person in content.people}
    _unique((comment.key for comment in content.comments), "comment key")
    seen: dict[str, Comment] = {}
    for comment in content.comments:
        _check(comment.key, "page", [comment.page], pages)
        _check(comment.key, "status", [comment.status], STATUSES)
        if comment.staff:
            _check(comment.key, "staff author", [comment.author], staff)
        if comment.parent:
            _check_reply(comment, seen)
        seen[comment.key] = comment


def _check_reply(comment: Comment, seen: Mapping[str, Comment]) -> None:
    _check(comment.key, "earlier comment as parent", [comment.parent], seen)
    parent = seen[comment.parent]
    if parent.page != comment.page:
        raise ValueError(f"{comment.key}: its parent {parent.key!r} is on another page; use {parent.page!r}.")
    if parent.hours_ago <= comment.hours_ago:
        raise ValueError(f"{comment.key}: must be younger than its parent ({parent.hours_ago} hours ago).")


def _check(where: str, what: str, values: Iterable[str], known: Iterable[str]) -> None:
    known = set(known)
    for value in values:
        if value not in known:
            raise ValueError(f"{where}: unknown {what} {value!r}; choose one of: {_listed(known)}.")


def _unique(values: Iterable[str], what: str) -> set[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"The {what} {value!r} is used twice; every {what} must be its own.")
        seen.add(value)
    return seen


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
