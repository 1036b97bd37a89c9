"""Mails to those who wrote a comment: what they say, and when none is sent."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import override_settings
from wagtail.models import PageViewRestriction, Site

from tests.comments.conftest import NOW
from tests.comments.postbox import header_path, links, outcomes, path_of
from tests.comments.test_health import QUESTION
from tests.mail_sink import text_of
from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Author, Origin
from wagtail_massage.comments.mails import deliver_due
from wagtail_massage.comments.models import CommentMail, MailRefusal, VisitorComment
from wagtail_massage.comments.receipts import find_own
from wagtail_massage.comments.states import AuthorKind, EmailRule, Policy, RejectionReason, Status
from wagtail_massage.comments.text import recipient_key
from wagtail_massage.comments.tokens import TokenState

LATER = NOW + timedelta(hours=1)
WREN = "wren@visitors.example"


@pytest.fixture(autouse=True)
def _no_mails_to_moderators(settings):
    settings.WAGTAIL_MASSAGE_COMMENTS_MODERATOR_MAILS = dict.fromkeys(
        ("WAITING", "PUBLISHED", "REPORTED"), "NEVER"
    )
    settings.WAGTAIL_MASSAGE_COMMENTS_PAGE_RATE = "100000/s"
    settings.WAGTAIL_MASSAGE_COMMENTS_SITE_RATE = "100000/s"


@pytest.fixture
def asking(say):
    """Return a comment whose author wants mails and has confirmed the address; its question is out of the way."""

    def make(**values):
        comment = say(author_email=WREN, wants_mail=True, **values)
        CommentMail.objects.filter(comment=comment).delete()
        return actions.confirm(comment, now=NOW)

    return make


def delivered(sink, now=LATER):
    """Send what is due and return it."""
    seen = len(sink.mails)
    deliver_due(now=now)
    return sink.mails[seen:]


class TestConfirm:
    def test_is_asked_of_a_guest_who_wants_mails(self, say, sink):
        say(author_email=WREN, wants_mail=True, body="Nobody may read this yet.")
        (mail,) = delivered(sink)
        assert mail["To"] == WREN
        assert mail["From"] == "Spa <hello@spa.example>"
        assert mail["Subject"] == "[localhost] Please confirm your e-mail address"
        assert "“Warm stones”" in text_of(mail)
        assert path_of(text_of(mail), "confirm").startswith("/massage/comments/confirm/")
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert header_path(mail) == path_of(text_of(mail), "unsubscribe")
        assert "/receipt/" not in text_of(mail), "whoever got it need not be the author"

    def test_is_asked_where_the_site_wants_every_address_confirmed(self, say, sink, page, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = EmailRule.CONFIRMED
        settings.WAGTAIL_MASSAGE_COMMENTS_AUTHOR_MAILS = False
        assert say(author_email=WREN).status == Status.UNCONFIRMED
        assert len(delivered(sink)) == 1

    @pytest.mark.parametrize(
        "values",
        [
            {"author_email": WREN},
            {"author_email": WREN, "wants_mail": True, "origin": Origin(trap="x", token=TokenState.GOOD)},
        ],
        ids=["who did not ask", "whose comment is spam"],
    )
    def test_is_not_asked_of_somebody(self, say, sink, values):
        say(**values)
        assert delivered(sink) == []

    def test_is_asked_when_a_moderator_says_that_it_was_no_spam(self, say, sink, moderator):
        spam = say(author_email=WREN, wants_mail=True, origin=Origin(trap="x", token=TokenState.GOOD))
        comment = actions.restore(spam, by=moderator, now=NOW)
        actions.approve(comment, by=moderator, now=NOW)
        actions.approve(actions.hide(comment, by=moderator, now=NOW), by=moderator, now=NOW)
        assert [mail["To"] for mail in delivered(sink)] == [WREN]
        assert outcomes("CONFIRM") == ["SENT"]

    def test_is_not_asked_where_authors_get_no_mails(self, say, sink, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_AUTHOR_MAILS = False
        say(author_email=WREN, wants_mail=True)
        assert delivered(sink) == []

    def test_is_not_asked_of_an_account_which_vouches_for_its_address(self, say, sink, moderator):
        author = Author(kind=AuthorKind.USER, identity="7", name="Mona", email=WREN, user=moderator)
        comment = say(wants_mail=True, origin=Origin(author=author, token=TokenState.GOOD))
        assert comment.email_verified_at is not None
        assert delivered(sink) == []

    def test_is_asked_three_times_a_day_of_one_mailbox_whoever_gives_it_how_often(self, say, sink):
        spellings = [WREN, WREN.upper(), "wren+stones@visitors.example", "Wren+1@Visitors.example"]
        for number in range(20):
            say(body=f"Attempt {number}", author_email=spellings[number % 4], wants_mail=True)
        rows = list(CommentMail.objects.filter(kind="CONFIRM"))
        for number in range(20, 200):  # what as many posts leave behind
            row = rows[number % 20]
            rows.append(CommentMail(key=f"attempt:{number}", kind=row.kind, comment_id=row.comment_id,
                                    recipient_key=row.recipient_key, created_at=NOW, due_at=NOW))  # fmt: skip
        CommentMail.objects.bulk_create(rows[20:])
        assert len(delivered(sink)) == 3
        assert outcomes("CONFIRM").count("LIMITED") == 197

    def test_is_asked_again_on_another_day(self, say, sink):
        for number in range(4):
            say(body=f"Attempt {number}", author_email=WREN, wants_mail=True)
        assert len(delivered(sink)) == 3
        say(body="Another day", author_email=WREN, wants_mail=True)
        assert len(delivered(sink, LATER + timedelta(hours=25))) == 1

    @pytest.mark.parametrize(
        "address", ["%@visitors.example", "w_en@visitors.example", "w%@visitors.example"]
    )
    def test_counts_an_address_that_looks_like_a_pattern_for_itself(self, say, sink, address):
        for number in range(3):
            say(body=f"Attempt {number}", author_email=address, wants_mail=True)
        say(author_email=WREN, wants_mail=True)
        assert len(delivered(sink)) == 4
        assert sink.recipients[-1] == WREN

    def test_is_limited_though_no_cache_has_counted_the_posts(self, say, sink, settings):
        broken = {"default": {"BACKEND": "tests.comments.broken_cache.BrokenCache"}}
        with override_settings(CACHES=settings.CACHES | broken):
            for number in range(5):
                say(body=f"Attempt {number}", author_email=WREN, wants_mail=True)
        assert len(delivered(sink)) == 3


class TestAnUnconfirmedAddress:
    def test_gets_no_mail_but_the_question(self, say, sink, moderator, page):
        actions.set_policy(page=page, policy=Policy.PRE, by=None, now=NOW)
        comment = say(author_email=WREN, wants_mail=True)
        actions.approve(comment, by=moderator, now=NOW)
        answer = say(parent=comment)
        actions.approve(answer, by=moderator, now=NOW)
        actions.reject(say(author_email=WREN, wants_mail=True), by=moderator, now=NOW)
        assert [mail["Subject"] for mail in delivered(sink)] == [
            "[localhost] Please confirm your e-mail address"
        ]


class TestDecision:
    def test_to_publish_is_told_with_the_place(self, asking, sink, moderator):
        comment = actions.approve(asking(), by=moderator, now=NOW)
        (mail,) = delivered(sink)
        assert mail["Subject"] == "[localhost] Your comment is published"
        assert f"comment/{comment.uuid}/" in text_of(mail)
        assert find_own(path_of(text_of(mail), "receipt").split("/")[-2]) == comment

    def test_to_reject_is_told_with_the_way_to_the_reason(self, asking, sink, moderator, client):
        actions.reject(asking(), by=moderator, now=NOW, reason=RejectionReason.OFF_TOPIC)
        (mail,) = delivered(sink)
        assert mail["Subject"] == "[localhost] Your comment will not be published"
        shown = client.get(path_of(text_of(mail), "receipt")).content.decode()
        assert "not about what this page is about" in shown

    def test_that_was_taken_back_before_is_not_told(self, asking, sink, moderator):
        actions.hide(actions.approve(asking(), by=moderator, now=NOW), by=moderator, now=NOW)
        assert delivered(sink) == []
        assert outcomes("APPROVED") == ["VOID"]

    @pytest.mark.parametrize("verb", ["mark_spam", "remove"])
    def test_to_do_away_with_it_is_not_told(self, asking, sink, moderator, verb):
        getattr(actions, verb)(asking(), by=moderator, now=NOW)
        assert delivered(sink) == []

    def test_is_told_once_though_it_is_delivered_twice(self, asking, sink, moderator):
        actions.approve(asking(), by=moderator, now=NOW)
        assert len(delivered(sink)) == 1
        assert delivered(sink, LATER + timedelta(days=2)) == []

    def test_is_told_to_a_user_of_the_site(self, say, sink, moderator):
        author = Author(kind=AuthorKind.USER, identity="7", name="Mona", email=WREN, user=moderator)
        comment = say(wants_mail=True, origin=Origin(author=author, token=TokenState.GOOD))
        actions.approve(comment, by=moderator, now=NOW)
        assert [mail["To"] for mail in delivered(sink)] == [WREN]

    def test_is_not_told_to_a_user_who_is_locked_out(self, say, sink, moderator, django_user_model):
        user = django_user_model.objects.create_user("ash", WREN, "secret")
        author = Author(kind=AuthorKind.USER, identity="8", name="Ash", email=WREN, user=user)
        comment = say(wants_mail=True, origin=Origin(author=author, token=TokenState.GOOD))
        actions.approve(comment, by=moderator, now=NOW)
        django_user_model.objects.filter(pk=user.pk).update(is_active=False)
        assert delivered(sink) == []


class TestReply:
    @pytest.fixture
    def question(self, asking, moderator):
        question = actions.approve(asking(), by=moderator, now=NOW)
        CommentMail.objects.all().delete()
        return question

    def test_is_told_when_it_is_public_and_not_before(self, question, say, sink, moderator):
        answer = say(parent=question, body="Yes, on Mondays.")
        assert delivered(sink) == []
        actions.approve(answer, by=moderator, now=NOW)
        (mail,) = delivered(sink)
        assert mail["Subject"] == "[localhost] Somebody answered your comment"
        assert f"comment/{answer.uuid}/" in text_of(mail)

    def test_that_is_public_at_once_is_told_at_once(self, question, say, sink, page):
        actions.set_policy(page=page, policy=Policy.OPEN, by=None, now=NOW)
        say(parent=question)
        assert len(delivered(sink)) == 1

    def test_that_is_gone_again_is_not_told(self, question, say, sink, moderator):
        answer = actions.approve(say(parent=question), by=moderator, now=NOW)
        actions.remove(answer, by=moderator, now=NOW)
        assert delivered(sink) == []

    def test_below_something_hidden_is_not_told(self, question, say, sink, moderator):
        actions.approve(say(parent=question), by=moderator, now=NOW)
        actions.hide(question, by=moderator, now=NOW)
        assert delivered(sink) == []

    def test_of_ones_own_is_not_told(self, question, say, sink, moderator):
        actions.approve(say(parent=question, author_email=WREN), by=moderator, now=NOW)
        assert delivered(sink) == []

    @pytest.mark.parametrize("change", ["password", "unpublished", "expired", "switched off", "deleted"])
    def test_on_a_page_that_visitors_cannot_read_any_more_is_not_told(
        self, question, say, sink, moderator, page, change
    ):
        actions.approve(say(parent=question), by=moderator, now=NOW)
        match change:
            case "password":
                PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
            case "unpublished":
                page.unpublish()
            case "expired":
                type(page).objects.filter(pk=page.pk).update(expire_at=NOW)
            case "switched off":
                actions.set_policy(page=page, policy=Policy.OFF, by=None, now=NOW)
            case "deleted":
                page.delete()
        assert delivered(sink) == []
        assert outcomes("REPLY") == ["VOID"]

    def test_is_not_told_to_somebody_who_has_stopped_it(self, question, say, sink, moderator):
        actions.approve(say(parent=question), by=moderator, now=NOW)
        VisitorComment.objects.filter(pk=question.pk).update(wants_mail=False)
        assert delivered(sink) == []

    def test_is_not_told_to_a_mailbox_that_refuses_mails(self, question, say, sink, moderator):
        actions.approve(say(parent=question), by=moderator, now=NOW)
        MailRefusal.objects.create(recipient_key=recipient_key(WREN.upper()), created_at=NOW)
        assert delivered(sink) == []
        assert outcomes("REPLY") == ["REFUSED"]

    def test_is_not_told_to_a_mailbox_that_refused_under_an_older_key(
        self, question, say, sink, moderator, settings
    ):
        MailRefusal.objects.create(recipient_key=recipient_key(WREN), created_at=NOW)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "new" * 20
        actions.approve(say(parent=question), by=moderator, now=NOW)
        assert delivered(sink) == []

    def test_is_told_twenty_times_a_day_and_no_more(self, question, say, sink, page):
        actions.set_policy(page=page, policy=Policy.OPEN, by=None, now=NOW)
        for number in range(25):
            say(parent=question, body=f"Answer {number}")
        assert len(delivered(sink)) == 20


class TestAnswerToAHealthQuestion:
    @pytest.fixture
    def question(self, say, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = EmailRule.CONFIRMED
        settings.WAGTAIL_MASSAGE_COMMENTS_AUTHOR_MAILS = False
        comment = actions.confirm(say(QUESTION, author_email=WREN), now=NOW)
        CommentMail.objects.all().delete()
        return comment

    def answer(self, question, body, moderator):
        question.refresh_from_db()
        actions.answer_question(question, body=body, by=moderator, now=NOW)

    def test_is_told_until_she_stops_it(self, question, sink, moderator, client):
        self.answer(question, "Ask your surgeon.", moderator)
        (mail,) = delivered(sink)
        assert mail["Subject"] == "[localhost] An answer is waiting for you"
        client.post(header_path(mail), {"List-Unsubscribe": "One-Click"})
        self.answer(question, "And come again in May.", moderator)
        assert delivered(sink) == []

    def test_is_not_told_to_an_address_that_was_only_typed(self, say, sink, moderator):
        self.answer(say(QUESTION, author_email=WREN), "Ask your surgeon.", moderator)
        assert delivered(sink) == []


class TestAnyLetter:
    def test_can_be_stopped_with_one_click(self, asking, sink, moderator):
        actions.approve(asking(), by=moderator, now=NOW)
        (mail,) = delivered(sink)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert header_path(mail) == path_of(text_of(mail), "unsubscribe")
        assert mail["List-Id"].endswith(".comments.spa.example>")

    def test_keeps_its_message_id_when_it_is_sent_again(self, asking, sink, moderator):
        actions.approve(asking(), by=moderator, now=NOW)
        (first,) = delivered(sink)
        CommentMail.objects.update(finished_at=None, claimed_at=None, outcome="")
        (second,) = delivered(sink)
        assert first["Message-ID"] == second["Message-ID"]

    def test_speaks_the_language_of_the_comment(self, asking, sink, moderator):
        comment = asking()
        VisitorComment.objects.filter(pk=comment.pk).update(locale="de-AT")
        comment.refresh_from_db()
        actions.approve(comment, by=moderator, now=NOW)
        (german,) = delivered(sink)
        VisitorComment.objects.filter(pk=comment.pk).update(locale="xx-nowhere")
        CommentMail.objects.update(finished_at=None, claimed_at=None, outcome="")
        (english,) = delivered(sink)
        assert english["Subject"] == "[localhost] Your comment is published"
        assert german["Subject"]

    def test_is_plain_text(self, asking, sink, moderator, page):
        type(page).objects.filter(pk=page.pk).update(title="Stones & <b>sand</b>")
        actions.approve(asking(), by=moderator, now=NOW)
        (mail,) = delivered(sink)
        assert mail.get_content_type() == "text/plain"
        assert "“Stones & <b>sand</b>”" in text_of(mail)

    def test_comes_from_the_site_of_its_page(self, asking, sink, moderator):
        Site.objects.update(hostname="spa.example", site_name="The spa", port=443)
        Site.clear_site_root_paths_cache()
        actions.approve(asking(), by=moderator, now=NOW)
        (mail,) = delivered(sink)
        assert mail["Subject"].startswith("[The spa] ")
        assert all(link.startswith("https://spa.example/") for link in links(text_of(mail)))


HOSTILE = [
    "www.evil.example",
    "https://evil.example/login",
    "Wren\u2028Bcc: all@visitors.example",
    "<a href='//evil.example'>Wren</a>",
    "{{ confirm_url }}{% debug %}",
    "=?utf-8?q?evil?=",
    "%(site_name)s %s",
]


class TestHostileNamesAndTexts:
    @pytest.fixture(autouse=True)
    def _no_checks(self, settings):
        """So that what follows holds whatever the checks let through."""
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = []

    def letters_about(self, name, say, sink, moderator):
        """Return every letter that a comment of `name`, with `name` as its text, can cause."""
        comment = say(
            author_name=name, body=f"{name} https://evil.example", author_email=WREN, wants_mail=True
        )
        letters = delivered(sink)
        comment = actions.confirm(comment, now=NOW)
        comment = actions.approve(comment, by=moderator, now=NOW)
        answer = say(author_name=name, body=f"{name} evil.example", parent=comment)
        actions.approve(answer, by=moderator, now=NOW)
        return letters + delivered(sink)

    @pytest.mark.parametrize("name", HOSTILE)
    def test_stand_in_no_letter(self, say, sink, moderator, name):
        letters = self.letters_about(name, say, sink, moderator)
        assert len(letters) == 3
        for letter in letters:
            assert "evil" not in letter.as_string()
            assert letter["To"] == WREN
            assert all(link.startswith("http://localhost/") for link in links(text_of(letter)))

    @pytest.mark.parametrize("title", [*HOSTILE, "a\r\nBcc: all@visitors.example", "x" * 255, "\x07\x1b[0m"])
    def test_as_the_title_of_a_page_change_no_header(self, asking, sink, moderator, page, title):
        type(page).objects.filter(pk=page.pk).update(title=title)
        actions.approve(asking(), by=moderator, now=NOW)
        (mail,) = delivered(sink)
        assert mail["Bcc"] is None
        assert mail["To"] == WREN
        assert all(character.isprintable() or character == "\n" for character in text_of(mail))

    def test_of_the_shared_lists_stand_in_no_letter(self, say, sink, moderator, shared_data):
        lines = (shared_data / "hostile" / "blns.shared.jsonl").read_text().splitlines()
        names = [value for line in lines if isinstance(value := _text_of(json.loads(line)), str)]
        assert len(names) > 100
        for name in names[::10]:
            try:
                self.letters_about(name, say, sink, moderator)
            except actions.Refused:
                continue
        for mail in sink.mails:
            assert mail["To"] == WREN
            assert all(link.startswith("http://localhost/") for link in links(text_of(mail)))


def _text_of(record):
    return record.get("text", record.get("value")) if isinstance(record, dict) else record
