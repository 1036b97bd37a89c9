"""Trust: who appears without waiting, how it is earned, how it is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Author, Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.screening.base import Check, Finding, Outcome
from wagtail_massage.comments.states import AuthorKind, Policy, Status
from wagtail_massage.comments.tokens import TokenState
from wagtail_massage.comments.trust import is_trusted

EMAIL = "juno@example.com"


class HealthQuestion(Check):
    """Stands for any check that wants a person to look first."""

    name = "health_question"

    def examine(self, candidate):
        if "bypass" in candidate.draft.body:
            yield Finding(outcome=Outcome.HOLD, reason="health_question")


@pytest.fixture(autouse=True)
def _after_three(settings):
    settings.WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER = 3


@pytest.fixture
def juno(django_user_model):
    return django_user_model.objects.create_user("juno", EMAIL, "secret")


def account(user: Any) -> Origin:
    author = Author(kind=AuthorKind.USER, identity=str(user.pk), name="Juno P.", email=user.email, user=user)
    return Origin(address="192.0.2.1", token=TokenState.GOOD, author=author)


@pytest.fixture
def as_juno(say, juno):
    return lambda body="": say(body, origin=account(juno))


@pytest.fixture
def earn(as_juno, moderator, now):
    """Return a function that lets Juno be approved so many times."""

    def earn(count: int = 3) -> None:
        for _number in range(count):
            actions.approve(as_juno(), by=moderator, now=now)

    return earn


class TestAnAccount:
    def test_appears_at_once_after_so_many_approvals(self, earn, as_juno):
        earn(2)
        assert as_juno().status == Status.PENDING
        earn(1)
        assert as_juno().status == Status.APPROVED

    def test_is_never_trusted_where_that_is_switched_off(self, earn, as_juno, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER = 0
        earn(5)
        assert as_juno().status == Status.PENDING

    @pytest.mark.parametrize("verb", ["reject", "mark_spam"])
    def test_loses_it_with_one_rejection_and_may_earn_it_again(self, earn, as_juno, moderator, now, verb):
        earn()
        bad = as_juno()
        if verb == "reject":
            bad = actions.hide(bad, by=moderator, now=now)
        getattr(actions, verb)(bad, by=moderator, now=now)
        assert as_juno().status == Status.PENDING
        earn(2)
        assert as_juno().status == Status.PENDING
        earn(1)
        assert as_juno().status == Status.APPROVED

    def test_earns_nothing_by_what_nobody_has_read(self, as_juno, page, moderator, now):
        actions.set_policy(page=page, policy=Policy.OPEN, by=moderator, now=now)
        for _number in range(3):
            assert as_juno().status == Status.APPROVED
        actions.set_policy(page=page, policy=Policy.PRE, by=moderator, now=now)
        assert as_juno().status == Status.PENDING

    def test_keeps_it_however_often_it_is_used(self, earn, as_juno):
        earn()
        assert {as_juno().status for _number in range(5)} == {Status.APPROVED}

    def test_shares_it_with_no_other_account(self, earn, say, django_user_model):
        earn()
        other = django_user_model.objects.create_user("other", EMAIL, "secret")
        assert say(origin=account(other)).status == Status.PENDING


class TestAGuest:
    @pytest.fixture
    def confirmed(self, say, moderator, now):
        """Return a function that writes as a guest and confirms the address, and approves."""

        def write() -> VisitorComment:
            comment = actions.confirm(say(author_email=EMAIL), now=now)
            if comment.status == Status.APPROVED:
                return comment
            return actions.approve(comment, by=moderator, now=now)

        return write

    def test_earns_nothing_by_typing_a_trusted_address(self, earn, say, juno):
        earn()
        assert say(author_email=juno.email).status == Status.PENDING

    def test_earns_nothing_without_confirming(self, say, moderator, now):
        for _number in range(4):
            comment = say(author_email=EMAIL)
            assert comment.status == Status.PENDING
            actions.approve(comment, by=moderator, now=now)
        assert not is_trusted(comment.author_key)

    def test_waits_for_the_address_to_be_confirmed_each_time(self, say, confirmed, now):
        for _number in range(3):
            confirmed()
        comment = say(author_email=EMAIL)
        assert comment.status == Status.PENDING
        assert actions.confirm(comment, now=now).status == Status.APPROVED

    def test_loses_nothing_by_what_others_write_under_the_address(self, say, confirmed, moderator, now):
        for _number in range(3):
            confirmed()
        actions.reject(say(author_email=EMAIL), by=moderator, now=now)
        assert actions.confirm(say(author_email=EMAIL), now=now).status == Status.APPROVED


class TestAHeldComment:
    def test_is_held_whoever_wrote_it(self, earn, as_juno, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [f"{__name__}.HealthQuestion"]
        earn()
        assert as_juno("Is this safe after a bypass?").status == Status.PENDING
        assert as_juno("Lovely as ever.").status == Status.APPROVED

    def test_is_held_when_its_author_confirms(self, say, moderator, now, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [f"{__name__}.HealthQuestion"]
        for _number in range(3):
            comment = actions.confirm(say(author_email=EMAIL), now=now)
            actions.approve(comment, by=moderator, now=now)
        asked = say("Is this safe after a bypass?", author_email=EMAIL)
        assert actions.confirm(asked, now=now).status == Status.PENDING


class TestIsTrusted:
    @pytest.mark.parametrize(("after", "queries"), [(0, 0), (3, 1)])
    def test_costs_one_query_and_none_where_it_is_off(self, as_juno, settings, after, queries):
        comment = as_juno()
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER = after
        with CaptureQueriesContext(connection) as captured:
            assert not is_trusted(comment.author_key)
        assert len(captured) == queries

    def test_knows_nobody_without_an_identity(self, say, settings):
        say()  # guests without an address all have the same, empty key
        assert not is_trusted("")
