"""The contenders that show pages, and how each is asked for the same: requests that make one answer stand together."""

from __future__ import annotations

from collections.abc import Sequence

from .articles import ITEMS, LISTED
from .client import Ask


class PageContender:
    """One way to read articles.

    Attributes:
        name: what the tables call it.
        database: its database on the private PostgreSQL.
        application: what gunicorn serves.
        pages: the ids of all articles, in order.
    """

    name = ""
    database = ""
    application = ""

    def __init__(self, pages: Sequence[int]) -> None:
        self.pages = pages

    def article(self, number: int) -> list[Ask]:
        """One article as JSON."""
        raise NotImplementedError

    def unchanged(self, number: int) -> list[Ask]:
        """The same for a reader who has it; [] where every reader gets all of it again."""
        return []

    def listed(self, start: int) -> list[Ask]:
        """Twenty articles with their bodies, from that one on."""
        raise NotImplementedError

    def html(self, number: int) -> list[Ask]:
        """One article as HTML; [] where there is no such thing."""
        return []


class Floor(PageContender):
    name = "floor"
    database = "bench_floor"
    application = "benchmarks.floor_articles:application"

    def article(self, number: int) -> list[Ask]:
        path = f"/articles/{self.pages[number]}/"
        return [Ask(path=path, items=("body", 1, "value", "benefits"), expected=ITEMS)]

    def listed(self, start: int) -> list[Ask]:
        path = f"/articles/?after={self.pages[start] - 1}"
        return [Ask(path=path, items=("items",), expected=LISTED)]


class Ours(PageContender):
    name = "ours"
    database = "bench_ours"
    application = "benchmarks.ours.wsgi:application"

    _API = "/api/massage/v1/benefit-lists/"

    def article(self, number: int) -> list[Ask]:
        path = f"{self._API}{self.pages[number]}/"
        return [Ask(path=path, items=("body", 1, "value", "benefits"), expected=ITEMS)]

    def unchanged(self, number: int) -> list[Ask]:
        return [Ask(path=f"{self._API}{self.pages[number]}/", status=(200, 304), is_conditional=True)]

    def listed(self, start: int) -> list[Ask]:
        path = f"{self._API}?include=body&limit={LISTED}&offset={start}&order=first_published_at"
        return [Ask(path=path, items=("items",), expected=LISTED)]

    def html(self, number: int) -> list[Ask]:
        return [Ask(path=f"/reasons-{number}/", mark="data-massage-benefit>", expected=ITEMS)]


class Alone(Ours):
    """The same without the comments."""

    name = "ours without comments"
    application = "benchmarks.ours.wsgi_alone:application"


class Version2(PageContender):
    name = "v2"
    database = "bench_bare"
    application = "benchmarks.bare.wsgi:application"

    _API = "/api/v2/pages/"

    def article(self, number: int) -> list[Ask]:
        return [Ask(path=f"{self._API}{self.pages[number]}/", items=("body",), expected=ITEMS)]

    def listed(self, start: int) -> list[Ask]:
        path = f"{self._API}?type=bare.ArticlePage&fields=*&limit={LISTED}&offset={start}"
        return [Ask(path=path, items=("items",), expected=LISTED)]

    def html(self, number: int) -> list[Ask]:
        return [Ask(path=f"/reasons-{number}/", mark="<section>", expected=ITEMS)]

    def nothing(self) -> list[Ask]:
        """A page that shows nothing."""
        return [Ask(path="/nothing/", mark="Nothing", expected=1)]


class Version3(Version2):
    name = "v3"

    _API = "/api/v3/pages/"

    def listed(self, start: int) -> list[Ask]:
        path = f"{self._API}?type=bare.ArticlePage&limit={LISTED}&offset={start}"
        details = [ask for number in range(start, start + LISTED) for ask in self.article(number)]
        return [Ask(path=path, items=("items",), expected=LISTED), *details]
