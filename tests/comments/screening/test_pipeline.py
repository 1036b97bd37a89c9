"""The pipeline: all checks run, the gravest verdict wins, and nothing that breaks lets anything through."""

from __future__ import annotations

import itertools
import math

import pytest
from django.db import connection

from tests.comments.conftest import NOW
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.screening import pipeline
from wagtail_massage.comments.screening.base import Candidate, Check, Finding, Outcome, Verdict
from wagtail_massage.comments.states import Policy, Status

BODY = "It was lovely."


class Holding(Check):
    name = "holding"
    version = 7

    def examine(self, candidate):
        yield Finding(outcome=Outcome.HOLD, reason="because", span=(0, 2), score=0.5)


class SpamCheck(Check):
    name = "spam"

    def examine(self, candidate):
        yield Finding(outcome=Outcome.SPAM, reason="worse")


class Broken(Check):
    name = "broken"

    def examine(self, candidate):
        raise RuntimeError(candidate.draft.body)


class BreaksHalfway(Check):
    name = "halfway"

    def examine(self, candidate):
        yield Finding(outcome=Outcome.PASS, reason="so_far")
        raise RuntimeError("no further")


class CannotBeMade(Check):
    name = "unmakeable"

    def __init__(self):
        raise RuntimeError("no key")


class BadQuery(Check):
    name = "bad_query"

    def examine(self, candidate):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
        yield Finding(outcome=Outcome.PASS, reason="never")


def yields(*findings):
    """Return a check that yields what it is given."""
    return type("Yielding", (Check,), {"name": "yielding", "examine": lambda self, candidate: findings})


@pytest.fixture
def checks(settings, monkeypatch):
    def use(*classes):
        paths = []
        for number, check in enumerate(classes):
            monkeypatch.setattr(f"{__name__}.check_{number}", check, raising=False)
            paths.append(f"{__name__}.check_{number}")
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = paths

    return use


def run():
    draft = Draft(body=BODY, author_name="Wren A.")
    return pipeline.run(Candidate(draft=draft, origin=Origin(), page=None, body_hash="", now=NOW))


def said():
    return [(verdict.check_name, verdict.finding.reason) for verdict in run()]


class TestRun:
    def test_lets_every_check_look_whatever_the_others_say(self, db, checks):
        checks(SpamCheck, Holding, yields())
        assert said() == [("spam", "worse"), ("holding", "because"), ("yielding", "")]

    def test_stores_all_of_it(self, say, checks):
        checks(SpamCheck, Holding)
        fields = ("check_name", "check_version", "outcome", "reason", "span_start", "span_end", "score")
        comment = say(BODY)
        assert comment.status == Status.SPAM
        assert list(comment.verdicts.order_by("pk").values_list(*fields)) == [
            ("spam", 1, Outcome.SPAM, "worse", None, None, None),
            ("holding", 7, Outcome.HOLD, "because", 0, 2, 0.5),
        ]


class TestACheckThatBreaks:
    @pytest.mark.parametrize("check", [Broken, BreaksHalfway, BadQuery], ids=lambda check: check.name)
    def test_holds_the_comment(self, say, checks, settings, check):
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = "OPEN"
        checks(check, Holding)
        comment = say(BODY)
        assert comment.status == Status.PENDING
        found = list(comment.verdicts.order_by("pk").values_list("check_name", "reason"))
        assert found == [(check.name, "check_failed"), ("holding", "because")]

    @pytest.mark.parametrize(
        "path", ["no.such.Check", f"{__name__}.CannotBeMade", f"{__name__}.Missing", "no dots"]
    )
    def test_may_not_even_exist(self, say, settings, path):
        settings.WAGTAIL_MASSAGE_COMMENTS_POLICY = "OPEN"
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [path]
        comment = say(BODY)
        assert (comment.status, comment.verdicts.get().reason) == (Status.PENDING, "check_failed")

    @pytest.mark.parametrize(
        "nonsense",
        [
            "a text",
            None,
            Finding(outcome=17, reason="x"),
            Finding(outcome=Outcome.PASS, reason="x" * 65),
            Finding(outcome=Outcome.PASS, reason="x", span=(0, len(BODY) + 1)),
            Finding(outcome=Outcome.PASS, reason="x", span=(3, 2)),
            Finding(outcome=Outcome.PASS, reason="x", span=(-1, 2)),
            Finding(outcome=Outcome.PASS, reason="x", score=math.nan),
        ],
        ids=repr,
    )
    def test_may_say_what_makes_no_sense(self, db, checks, nonsense):
        checks(yields(nonsense))
        assert said() == [("yielding", "check_failed")]

    def test_leaves_nothing_of_the_text_in_the_log(self, db, checks, caplog):
        checks(Broken)
        run()
        assert "RuntimeError" in caplog.text
        assert BODY not in caplog.text


class TestDecide:
    @pytest.mark.parametrize(
        ("outcomes", "policy", "is_trusted", "status"),
        [
            ([], Policy.OPEN, False, Status.APPROVED),
            ([Outcome.PASS], Policy.POST, False, Status.APPROVED),
            ([Outcome.PASS], Policy.PRE, False, Status.PENDING),
            ([Outcome.PASS], Policy.MEMBERS, False, Status.PENDING),
            ([Outcome.PASS], Policy.PRE, True, Status.APPROVED),
            ([Outcome.PASS, Outcome.HOLD], Policy.OPEN, True, Status.PENDING),
            ([Outcome.HOLD, Outcome.SPAM], Policy.OPEN, True, Status.SPAM),
        ],
    )
    def test_takes_the_gravest(self, outcomes, policy, is_trusted, status):
        verdicts = [_verdict(outcome) for outcome in outcomes]
        for order in itertools.permutations(verdicts):
            assert pipeline.decide(order, policy=policy, is_trusted=is_trusted) == status

    def test_is_pure(self, django_assert_num_queries, db):
        with django_assert_num_queries(0):
            pipeline.decide([_verdict(Outcome.HOLD)], policy=Policy.OPEN)


def _verdict(outcome: Outcome) -> Verdict:
    return Verdict(check_name="x", check_version=1, finding=Finding(outcome=outcome, reason="y"))
