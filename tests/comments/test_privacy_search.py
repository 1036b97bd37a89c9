"""Finding what is stored about a person: folded names, whole addresses, links, days; and who only mentions them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Author, Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.privacy.folding import occurs
from wagtail_massage.comments.privacy.search import Query, Reason, Unsearchable, check, find, reason
from wagtail_massage.comments.states import AuthorKind
from wagtail_massage.comments.tokens import TokenState


def own(**values: Any) -> set[int]:
    return {comment.pk for comment in find(Query(**values)).own}


def account(kind: AuthorKind, identity: str, email: str, user: Any = None) -> Origin:
    author = Author(kind=kind, identity=identity, name="Wren A.", email=email, user=user)
    return Origin(address="192.0.2.1", token=TokenState.GOOD, author=author)


class TestByName:
    @pytest.mark.parametrize("name", ["Élodie Brun", "élodie", "ELODIE BRUN", "elodie  brun", "odie"])
    def test_finds_it_however_it_is_written(self, name: str, say: Any) -> None:
        comment = say(author_name="Élodie Brun")
        say(author_name="Somebody Else")
        assert own(name=name) == {comment.pk}

    @pytest.mark.parametrize("name", ["Анна", "АННА", "анна"])
    def test_folds_other_alphabets(self, name: str, say: Any) -> None:
        comment = say(author_name="Анна")
        assert own(name=name) == {comment.pk}

    @pytest.mark.parametrize("name", ["a.b", "(x)", "[y]", "z^", "w\\", "50%", "q+*?"])
    def test_takes_signs_for_what_they_are(self, name: str, say: Any) -> None:
        comment = say(author_name=f"So {name} it is")
        say(author_name="So axb x y z w 50 q it is")
        assert own(name=name) == {comment.pk}

    def test_lists_apart_who_only_mentions_it(self, say: Any) -> None:
        mine = say("I was here.", author_name="Ann Other")
        theirs = say("Did you know that ANN OTHER has a bad back?", author_name="Gossip")
        say("The annual other thing", author_name="Nobody")
        found = find(Query(name="Ann Other"))
        assert [comment.pk for comment in found.own] == [mine.pk]
        assert [comment.pk for comment in found.mentions] == [theirs.pk]

    def test_takes_no_part_of_a_word_for_a_mention(self) -> None:
        assert occurs("Ann", "Thanks, ann!")
        assert not occurs("Ann", "annual planning")


class TestByEmail:
    def test_finds_guests_whatever_the_capitals(self, say: Any) -> None:
        comment = say(author_email="Wren@Example.com")
        say(author_email="xwren@example.com")
        assert own(email="wren@example.COM") == {comment.pk}

    def test_finds_users_by_the_address_of_their_account(self, say: Any, db: None) -> None:
        user = get_user_model().objects.create_user("wren", "new@example.com")
        comment = say(origin=account(AuthorKind.USER, str(user.pk), "old@example.com", user))
        assert own(email="new@example.com") == {comment.pk}
        assert own(user=user.pk) == {comment.pk}

    def test_follows_an_outside_account_to_its_older_address(self, say: Any) -> None:
        older = say(origin=account(AuthorKind.EXTERNAL, "77", "old@example.com"))
        newer = say(origin=account(AuthorKind.EXTERNAL, "77", "new@example.com"))
        say(origin=account(AuthorKind.EXTERNAL, "78", "other@example.com"))
        assert own(email="new@example.com") == {older.pk, newer.pk}

    def test_says_whether_the_address_was_ever_confirmed(self, say: Any) -> None:
        say(author_email="wren@example.com")
        query = check(Query(email="wren@example.com"))
        assert reason(VisitorComment.objects.get(), query) == Reason.TYPED
        VisitorComment.objects.update(email_verified_at="2026-03-04T10:00Z")
        assert reason(VisitorComment.objects.get(), query) == Reason.CONFIRMED

    def test_lists_apart_who_only_mentions_it(self, say: Any) -> None:
        theirs = say("Write to wren@example.com, she knows.")
        assert [comment.pk for comment in find(Query(email="Wren@example.com")).mentions] == [theirs.pk]


class TestByOtherMeans:
    def test_finds_links_in_whatever_else_was_pasted(self, say: Any) -> None:
        first, second, _third = say(), say(), say()
        letter = f"It is https://spa.example/x/#comment-{first.uuid} and also {str(second.uuid).upper()}."
        assert own(address=letter) == {first.pk, second.pk}

    def test_takes_days_for_whole_days(self, say: Any) -> None:
        comment = say()  # on 4 March 2026
        day = date(2026, 3, 4)
        assert own(since=day, until=day) == {comment.pk}
        assert own(since=date(2026, 3, 5)) == set()
        assert own(until=date(2026, 3, 3)) == set()

    def test_narrows_to_a_page_and_what_is_below(self, say: Any, home: Page, page: Page) -> None:
        comment = say()
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        assert own(name="Wren", page=page) == {comment.pk}
        assert own(name="Wren", page=home) == {comment.pk}
        assert own(name="Wren", page=other) == set()

    def test_does_not_find_what_was_erased(self, say: Any, moderator: Any, now: Any) -> None:
        comment = actions.erase(say(author_email="wren@example.com"), by=moderator, now=now)
        assert own(email="wren@example.com") == own(address=str(comment.uuid)) == set()

    def test_says_when_there_is_more(self, say: Any) -> None:
        for _number in range(3):
            say()
        found = find(Query(name="Wren"), most=2)
        assert (len(found.own), found.has_more_own) == (2, True)


class TestCheck:
    @pytest.mark.parametrize(
        ("values", "field", "sentence"),
        [
            ({}, "", "Fill in at least one field"),
            ({"name": "A"}, "name", "“A” is too short"),
            ({"name": "x" * 81}, "name", "at most 80 characters"),
            ({"email": "wren"}, "email", "“wren” is not an e-mail address"),
            ({"address": "that comment"}, "address", "no comment's address in “that comment”"),
            ({"since": date(2026, 2, 2), "until": date(2026, 2, 1)}, "until", "Swap them"),
        ],
    )
    def test_names_what_cannot_be_looked_for(self, values: Any, field: str, sentence: str) -> None:
        with pytest.raises(Unsearchable) as raised:
            check(Query(**values))
        assert sentence in raised.value.errors[field]
