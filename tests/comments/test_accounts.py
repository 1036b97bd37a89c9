"""Accounts: who is signed in proves it with a token; whoever cannot is told, never taken for a guest."""

from __future__ import annotations

import logging

import pytest
from django.core import signing
from django.core.checks import run_checks

from tests.comments.faces import FIELDS, comments_url, good_token, post_json
from tests.comments.test_api import assert_problem
from wagtail_massage.comments import accounts, actions
from wagtail_massage.comments.drafts import Author, Draft, Origin
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.states import AuthorKind, Policy, Status
from wagtail_massage.comments.text import author_key
from wagtail_massage.comments.tokens import Purpose, make_token
from wagtail_massage.testing.comments import CommentThreadFactory, VisitorCommentFactory

pytestmark = pytest.mark.contract

JUNO = {"identity": "customer-5071", "name": "Juno P.", "email": "juno@example.com"}


def read_our_tokens(token, request):
    """A site's own reader."""
    if token == "s3cret-of-a-visitor":
        raise RuntimeError(token)
    if token != "ours":
        return None
    return Author(kind=AuthorKind.EXTERNAL, identity="7", name=request.headers.get("X-Name", "Sage"))


@pytest.fixture
def post(client, page):
    def post(token, **values):
        fields = {"body": FIELDS["body"], "form_token": good_token(page), "author_token": token} | values
        return post_json(client, comments_url(page.pk), fields)

    return post


class TestAuthorToken:
    def test_names_the_author_whatever_the_body_says(self, post):
        response = post(
            accounts.make_author_token(**JUNO), author_name="The team", author_email="x@example.com"
        )
        assert (response.status_code, response.json()["author"]["name"]) == (202, "Juno P.")
        stored = VisitorComment.objects.get()
        assert (stored.author_kind, stored.author_name) == ("EXTERNAL", "Juno P.")
        assert (stored.author_email, stored.email_verified_at) == ("juno@example.com", stored.created_at)
        assert stored.author_key == author_key("EXTERNAL", "customer-5071")
        assert "juno@example.com" not in response.content.decode()

    def test_posts_without_an_address_that_is_none(self, post):
        token = accounts.make_author_token(identity="1", name="Juno P.", email="juno at home")
        assert post(token, wants_mail=True).status_code == 202
        stored = VisitorComment.objects.get()
        assert (stored.author_email, stored.email_verified_at, stored.wants_mail) == ("", None, False)

    def test_needs_no_name_in_the_body(self, post):
        assert post(accounts.make_author_token(identity="1", name="Juno P.")).status_code == 202

    def test_opens_what_is_for_members(self, client, page, post):
        CommentThreadFactory(page=page, policy=Policy.MEMBERS)
        assert post_json(client, comments_url(page.pk), FIELDS).status_code == 403
        assert post(accounts.make_author_token(**JUNO)).status_code == 202

    def test_gets_a_receipt_back_for_the_same_text(self, post):
        answers = [post(accounts.make_author_token(**JUNO)).json() for _ in range(2)]
        assert answers[0]["id"] == answers[1]["id"]
        assert answers[1]["receipt"]

    def test_tells_two_accounts_of_one_name_apart(self, post):
        for identity in ("1", "2"):
            post(accounts.make_author_token(identity=identity, name="Juno P."))
        assert VisitorComment.objects.values("author_key").distinct().count() == 2

    @pytest.mark.parametrize(
        "token",
        [
            "nonsense",
            "x" * 5000,
            make_token(Purpose.RECEIPT, "EXTERNAL", "1", "Juno P.", ""),
            make_token(Purpose.AUTHOR, "GUEST", "1", "Juno P.", ""),
            make_token(Purpose.AUTHOR, "EXTERNAL", "1"),
            make_token(Purpose.AUTHOR, "USER", "999999", "Mona", ""),
            make_token(Purpose.AUTHOR, "USER", "not a key", "Mona", ""),
            signing.dumps(
                ["EXTERNAL", "1", "Juno P.", ""], salt="wagtail_massage_comments.author", key="another key"
            ),
        ],
        ids=["nonsense", "long", "purpose", "kind", "values", "nobody", "no key", "signature"],
    )
    def test_that_proves_nobody_is_refused_and_never_a_guest(self, post, token):
        response = post(token, author_name="Rowan")
        assert_problem(response, 403, "author-token")
        assert response["Cache-Control"] == "private, no-store"
        assert not VisitorComment.objects.exists()

    def test_is_good_for_an_hour(self, post, monkeypatch):
        import time

        made, now = accounts.make_author_token(**JUNO), time.time()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + 59 * 60)
        assert accounts.author_from_token(made, None).name == "Juno P."
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + 61 * 60)
        assert accounts.author_from_token(made, None) is None

    def test_outlives_a_new_key_as_a_fallback(self, settings):
        made = accounts.make_author_token(**JUNO)
        old, settings.SECRET_KEY = (
            settings.SECRET_KEY,
            "a new key of the site, long enough to be one 0123456789",
        )
        assert accounts.author_from_token(made, None) is None
        settings.SECRET_KEY_FALLBACKS = [old]
        assert accounts.author_from_token(made, None).identity == "customer-5071"

    @pytest.mark.parametrize("values", [{"identity": "", "name": "Juno"}, {"identity": "1", "name": ""}])
    def test_is_not_made_of_nothing(self, values):
        with pytest.raises(ValueError, match="identity and the name"):
            accounts.make_author_token(**values)

    def test_with_a_name_that_cannot_be_shown_is_422(self, post):
        response = post(accounts.make_author_token(identity="1", name="\u200b"))
        document = assert_problem(response, 422, "validation")
        assert document["errors"][0]["loc"] == ["body", "author_name"]


class TestUserToken:
    def test_posts_as_the_user(self, post, moderator):
        moderator.first_name, moderator.last_name = "Mona", "Quill"
        moderator.save()
        assert post(accounts.make_user_token(moderator)).json()["author"]["name"] == "Mona Quill"
        stored = VisitorComment.objects.get()
        assert (stored.author_kind, stored.author_user) == ("USER", moderator)

    def test_of_a_user_who_was_deactivated_is_refused(self, post, moderator):
        token = accounts.make_user_token(moderator)
        type(moderator).objects.update(is_active=False)
        assert_problem(post(token), 403, "author-token")

    @pytest.mark.parametrize(
        ("username", "first_name", "name"),
        [("mona", "Mona", "Mona"), ("mona", "", "mona"), ("mona@example.com", "", "Member")],
    )
    def test_names_the_user_and_never_by_an_address(self, moderator, username, first_name, name):
        moderator.username, moderator.first_name = username, first_name
        assert accounts.display_name(moderator) == name


class TestOwnReader:
    @pytest.fixture(autouse=True)
    def reader(self, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_ACCOUNTS = f"{__name__}.read_our_tokens"

    def test_decides_who_posts(self, post):
        assert post("ours").json()["author"]["name"] == "Sage"
        assert_problem(post("others"), 403, "author-token")

    def test_that_breaks_lets_nobody_in_and_keeps_the_token_out_of_the_log(self, post, caplog):
        with caplog.at_level(logging.DEBUG):
            assert_problem(post("s3cret-of-a-visitor"), 403, "author-token")
        assert "The reader of author tokens broke (RuntimeError)" in caplog.text
        assert "s3cret" not in caplog.text

    @pytest.mark.parametrize(
        "path", ["no.such.function", "nonsense", "tests.comments.test_accounts.JUNO", None]
    )
    def test_that_cannot_be_used_is_a_system_check(self, settings, path):
        settings.WAGTAIL_MASSAGE_COMMENTS_ACCOUNTS = path
        assert "wagtail_massage_comments.E030" in {message.id for message in run_checks()}

    def test_that_can_be_used_is_none(self):
        assert "wagtail_massage_comments.E030" not in {message.id for message in run_checks()}


class TestTypedAddress:
    def test_of_somebody_trusted_earns_nothing(self, page, moderator, now, settings, say):
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER = 1
        author = Author(kind=AuthorKind.EXTERNAL, identity="1", name="Juno P.", email="juno@example.com")
        origin = Origin(author=author)
        for body, status in (("First.", Status.PENDING), ("Second.", Status.APPROVED)):
            draft = Draft(body=body, author_name="")
            comment = actions.submit(page=page, draft=draft, origin=origin, now=now).comment
            assert comment.status == status
            if status == Status.PENDING:
                actions.approve(comment, by=moderator, now=now)
        guest = say("Third.", author_name="Juno P.", author_email="juno@example.com")
        assert guest.status == Status.PENDING

    def test_counts_for_a_trusted_authors_edit_too(self, page, moderator, now, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER = 1
        origin = Origin(author=Author(kind=AuthorKind.EXTERNAL, identity="1", name="Juno P."))
        draft = Draft(body="First.", author_name="")
        comment = actions.submit(page=page, draft=draft, origin=origin, now=now).comment
        actions.approve(comment, by=moderator, now=now)
        actions.edit(comment, body="First, better.", by=None, now=now)
        assert comment.status == Status.APPROVED
        stranger = VisitorCommentFactory(page=page, created_at=now)
        actions.edit(stranger, body="Changed.", by=None, now=now)
        assert stranger.status == Status.PENDING
