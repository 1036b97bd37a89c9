"""The desk's lists as screening reads them: at once, without a query, and only while they hold."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from wagtail_massage.comments.screening import memory
from wagtail_massage.comments.screening.entries import clean_value, values_of
from wagtail_massage.comments.screening.memory import Remembered
from wagtail_massage.comments.states import EntryKind

WORDS = EntryKind.BANNED_WORDS


class TestValuesOf:
    def test_are_read_once(self, listed, django_assert_num_queries):
        listed(WORDS, "casino")
        values_of(WORDS)
        with django_assert_num_queries(0):
            assert values_of(WORDS) == ("casino",)
            assert values_of(EntryKind.RESERVED_NAME) == ()

    def test_follow_every_change(self, listed):
        entry = listed(WORDS, "casino")
        assert values_of(WORDS) == ("casino",)
        entry.value = "roulette"
        entry.save()
        assert values_of(WORDS) == ("roulette",)
        entry.delete()
        assert values_of(WORDS) == ()

    def test_leave_out_what_has_ended(self, listed):
        listed(WORDS, "over", expires_at=timezone.now() - timedelta(seconds=1))
        listed(WORDS, "holds", expires_at=timezone.now() + timedelta(hours=1))
        assert values_of(WORDS) == ("holds",)


class TestRemembered:
    @pytest.fixture
    def clock(self, monkeypatch):
        clock = {"now": 1000.0}
        monkeypatch.setattr(memory.time, "monotonic", lambda: clock["now"])
        return clock

    def test_is_read_anew_after_thirty_seconds(self, clock):
        numbers = iter(range(10))
        remembered = Remembered(lambda: next(numbers))
        seen = []
        for _step in range(4):
            seen.append(remembered())
            clock["now"] += 10
        assert seen == [0, 0, 0, 1]

    def test_does_not_keep_what_was_read_before_a_change(self, clock):
        def read():
            if not values:
                remembered.forget()  # somebody changes the row while it is being read
            values.append(len(values))
            return values[-1]

        values: list[int] = []
        remembered = Remembered(read)
        assert [remembered(), remembered(), remembered()] == [0, 1, 1]

    @pytest.mark.django_db(transaction=True)
    def test_forgets_again_when_the_change_is_committed(self, clock):
        from django.db import transaction

        numbers = iter(range(10))
        remembered = Remembered(lambda: next(numbers))
        with transaction.atomic():
            remembered.rows_changed()
            assert remembered() == 0  # another thread, which cannot see the change yet
        assert remembered() == 1


class TestCleanValue:
    @pytest.mark.parametrize(
        ("kind", "value", "stored"),
        [
            ("BANNED_WORDS", "  free   trial* ", "free trial*"),
            ("SUSPECT_WORDS", "*pharm*", "*pharm*"),
            ("BLOCKED_DOMAIN", "Casino.Example", "casino.example"),
            ("BLOCKED_DOMAIN", "https://www.casino.example:8000/x?y", "casino.example"),
            ("BLOCKED_DOMAIN", "münchen.example", "xn--mnchen-3ya.example"),
            ("BLOCKED_EMAIL", "Kai+x@Example.com", "kai@example.com"),
            ("BLOCKED_EMAIL", "@Example.com", "@example.com"),
            ("BLOCKED_NETWORK", "203.0.113.9", "203.0.113.9"),
            ("BLOCKED_NETWORK", "203.0.113.9/24", "203.0.113.0/24"),
            ("BLOCKED_NETWORK", "2001:DB8::/32", "2001:db8::/32"),
            ("BLOCKED_NETWORK", "0f" * 32, "0f" * 32),
            ("RESERVED_NAME", " Spa  am See ", "Spa am See"),
        ],
    )
    def test_returns_what_is_stored(self, kind, value, stored):
        assert clean_value(kind, value) == stored
        assert clean_value(kind, stored) == stored

    @pytest.mark.parametrize(
        ("kind", "value", "message"),
        [
            ("BANNED_WORDS", "!!!", "“!!!” holds no letters or digits."),
            ("BANNED_WORDS", "a*", "Together with a star, give three letters or more"),
            ("BANNED_WORDS", "a*b", "The star can only stand at the beginning or at the end."),
            ("BLOCKED_DOMAIN", "casino", "“casino” is no domain. Write it as example.com."),
            ("BLOCKED_DOMAIN", "[::1", "“[::1” is no domain. Write it as example.com."),
            ("BLOCKED_EMAIL", "casino.example", "“casino.example” is no e-mail address."),
            ("BLOCKED_NETWORK", "300.1.1.1", "“300.1.1.1” is no network."),
            (
                "BLOCKED_NETWORK",
                "0.0.0.0/0",
                "0.0.0.0/0 holds too many visitors. The widest that can be blocked is /8.",
            ),
            ("RESERVED_NAME", "❤️", "“❤️” holds no letters or digits."),
        ],
    )
    def test_says_why_it_takes_no_other(self, kind, value, message):
        with pytest.raises(ValidationError) as refusal:
            clean_value(kind, value)
        assert refusal.value.messages[0].startswith(message)
