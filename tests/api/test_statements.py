"""Queries whose SQL is made once."""

from __future__ import annotations

import gc
import threading
import weakref
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page

from wagtail_massage.statements import AN_OFFSET, Statement, a_moment, some_ids, some_texts, some_uuids
from wagtail_massage.treatments import loading, relations

pytestmark = [pytest.mark.django_db, pytest.mark.contract]


class Router:
    alias = "default"

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return self.alias


class TestStatement:
    def test_gives_what_the_queryset_gives_with_the_values(self, spa: Any) -> None:
        first, second, third = (spa.article() for _number in range(3))
        ids = some_ids(2)
        statement = Statement(Page.objects.filter(pk__in=ids).select_related("locale").order_by("pk"), ids)

        assert [page.pk for page in statement.run([first.pk, third.pk])] == [first.pk, third.pk]
        with CaptureQueriesContext(connection) as queries:
            [found] = statement.run([second.pk, second.pk])
            assert (found.title, found.locale.language_code) == (second.title, "en")
        assert len(queries) == 1

    def test_takes_moments_and_uuids(self, spa: Any) -> None:
        article, published_at = spa.article(), timezone.now() - timedelta(days=1)
        Page.objects.filter(pk=article.pk).update(first_published_at=published_at)
        [key] = some_uuids(1)
        pages = Page.objects.filter(translation_key=key, first_published_at__lt=a_moment())
        statement = Statement(pages.values_list("pk", flat=True), [key, a_moment()])

        assert statement.run([article.translation_key, timezone.now()]) == [article.pk]
        assert statement.run([article.translation_key, published_at]) == []

    def test_takes_texts(self, spa: Any) -> None:
        first, second = spa.article(), spa.article()
        texts = some_texts(2)
        pages = Page.objects.filter(slug__in=texts).order_by("pk").values_list("pk", flat=True)
        statement = Statement(pages, texts)

        assert statement.run([first.slug, second.slug]) == [first.pk, second.pk]
        assert statement.run([second.slug, "100%s"]) == [second.pk]

    def test_begins_anywhere_in_a_list(self, spa: Any) -> None:
        ids = [spa.article().pk for _number in range(4)]
        listed = Page.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
        statement = Statement(listed[AN_OFFSET : AN_OFFSET + 2], [AN_OFFSET])

        assert [statement.run([start]) for start in (0, 1, 3, 9)] == [ids[:2], ids[1:3], ids[3:], []]

    def test_asks_nothing_where_there_can_be_nothing(self) -> None:
        statement = Statement(Page.objects.filter(pk__in=[]))

        with CaptureQueriesContext(connection) as queries:
            assert statement.run() == []
        assert len(queries) == 0

    def test_leaves_the_parts_of_another_run_alone(self, spa: Any) -> None:
        articles = [spa.article() for _number in range(2)]
        [pk] = some_ids(1)
        statement = Statement(Page.objects.filter(pk=pk), [pk])

        found = [statement.run([article.pk])[0] for article in articles]

        assert [page.title for page in found] == [article.title for article in articles]
        found[0].title = "Another"
        assert statement.run([articles[0].pk])[0].title == articles[0].title

    def test_asks_the_router_at_each_run(
        self, spa: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replica = {**connections.databases["default"], "NAME": "file:replica?mode=memory"}
        monkeypatch.setitem(connections.databases, "replica", replica)
        settings.DATABASE_ROUTERS = ["tests.api.test_statements.Router"]
        [pk] = some_ids(1)
        statement = Statement(Page.objects.filter(pk=pk), [pk])

        assert statement.run([spa.home.pk])[0]._state.db == "default"
        monkeypatch.setattr(Router, "alias", "replica")
        with pytest.raises(AssertionError, match="replica"):  # the tests open the other one to nobody
            statement.run([spa.home.pk])

    def test_keeps_no_connection_of_a_thread_that_has_ended(self) -> None:
        [pk] = some_ids(1)
        made: list[Any] = []

        def make() -> None:
            statement = Statement(Locale.objects.filter(pk=pk), [pk])
            statement.run([1])
            made.extend([statement, weakref.ref(connections["default"])])
            connections["default"].close()

        thread = threading.Thread(target=make)
        thread.start()
        thread.join()
        del thread
        gc.collect()
        assert made[1]() is None

    def test_knows_moments_without_time_zones(self, spa: Any, client: Any, settings: Any) -> None:
        settings.USE_TZ = False
        article = spa.article()
        for kept in (loading._one_page, loading._part_of_list, relations._relations):
            kept.cache_clear()
        try:
            assert client.get(f"/api/massage/v1/benefit-lists/{article.pk}/").status_code == 200
            assert client.get("/api/massage/v1/benefit-lists/").status_code == 200
        finally:
            for kept in (loading._one_page, loading._part_of_list, relations._relations):
                kept.cache_clear()
