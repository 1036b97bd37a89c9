"""Which choice holds on a page: found in one query, and the same by a slow definition."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import OuterRef
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.models import Page, Site

from tests.comments.policy_trees import Tree, add, choose
from wagtail_massage.comments import reading
from wagtail_massage.comments.models import CommentThread
from wagtail_massage.comments.policies import (
    choice_on,
    nearest_choice,
    policy_above,
    policy_in_force,
    resolve,
)
from wagtail_massage.comments.states import Policy


class TestNearestChoice:
    def test_reads_everything_as_the_thread_has_it(self, tree: Tree, now: datetime) -> None:
        page = tree["article"]
        terms = {
            "opens_at": datetime(2026, 5, 3, 10, 30, 15, 123456, tzinfo=UTC),
            "closes_at": datetime(2026, 12, 3, 23, 59, tzinfo=UTC),
            "close_after_days": 0,
            "closed_notice": 'Ask “us” \\ <b>"now"</b> 💆',
            "email_rule": "REQUIRED",
        }
        choose(page, "MEMBERS", **terms)
        expected = resolve(choice_on(CommentThread.objects.get(page=page), page), page, now=now)
        read = policy_in_force(page, now=now)
        annotated = Page.objects.annotate(choice=nearest_choice(OuterRef("path"))).get(pk=page.pk)
        assert read == expected
        assert resolve(annotated.choice, page, now=now) == expected
        assert {name: getattr(read, name) for name in terms} == terms
        assert read.source_is_live is True

    def test_reads_a_choice_without_terms(self, tree: Tree, now: datetime) -> None:
        page = tree["article"]
        choose(page, "OPEN")
        Page.objects.filter(pk=page.pk).update(live=False)
        read = policy_in_force(page, now=now)
        assert (read.opens_at, read.closes_at, read.close_after_days, read.closed_notice) == (
            None,
            None,
            0,
            "",
        )
        assert (read.email_rule, read.source_is_live) == ("OPTIONAL", False)

    def test_costs_one_query_with_the_page(self, tree: Tree, django_assert_num_queries: Any) -> None:
        choose(tree["section"], "CLOSED")
        site = Site.objects.get()
        reading.find_thread(tree["answer"].pk, site=site)
        with django_assert_num_queries(1):
            assert reading.find_thread(tree["answer"].pk, site=site).policy == "CLOSED"
        with django_assert_num_queries(1):
            assert policy_in_force(tree["answer"], now=timezone.now()).policy == "CLOSED"


NAMES = [None, *Policy.values]
PATHS = ["a", "aa", "aaa", "aaaa", "ab", "aba", "b", "ba", "bb", "bba"]


class TestAgreement:
    """Three ways to find the choice agree with the definition: the page's own, else that of its parent's."""

    @given(chosen=st.lists(st.sampled_from(NAMES), min_size=len(PATHS), max_size=len(PATHS)))
    @hypothesis_settings(
        max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    )
    def test_holds_for_any_choices(self, wood: Tree, now: datetime, chosen: list[str | None]) -> None:
        by_name = dict(zip(PATHS, chosen, strict=True))
        for name, policy in by_name.items():
            CommentThread.objects.filter(page=wood[name]).update(policy=policy or "")
        annotated = Page.objects.annotate(choice=nearest_choice(OuterRef("path"))).in_bulk()
        for name in PATHS:
            page = wood[name]
            expected = _by_definition(by_name, name)
            above = _by_definition(by_name, name[:-1])
            assert policy_in_force(page, now=now).chosen == expected
            assert resolve(annotated[page.pk].choice, page, now=now).chosen == expected
            assert policy_above(page, now=now).chosen == above

    @pytest.fixture
    def wood(self, home: Page) -> Tree:
        grown: Tree = {"": home}
        for name in PATHS:
            grown[name] = add(Page.objects.get(pk=grown[name[:-1]].pk), name)
            CommentThread.objects.create(page=grown[name])
        return grown


def _by_definition(chosen: dict[str, str | None], name: str) -> str:
    if not name:
        return "PRE"
    return chosen[name] or _by_definition(chosen, name[:-1])
