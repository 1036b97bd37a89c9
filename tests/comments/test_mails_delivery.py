"""The way from the outbox to the mail server: leases, retries, and a server that is down, slow or choosy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from tests.comments.conftest import NOW
from tests.comments.faces import FIELDS, comments_url, good_token, post_json
from tests.comments.postbox import outcomes
from tests.mail_sink import free_port
from wagtail_massage.comments.mails import deliver_due
from wagtail_massage.comments.mails.delivery import DELAYS, LEASE
from wagtail_massage.comments.models import CommentMail, VisitorComment

WREN = "wren@visitors.example"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _no_mails_to_moderators(settings):
    settings.WAGTAIL_MASSAGE_COMMENTS_MODERATOR_MAILS = dict.fromkeys(
        ("WAITING", "PUBLISHED", "REPORTED"), "NEVER"
    )


@pytest.fixture
def question(say):
    """The outbox row that asks somebody to confirm an address; no other row waits."""
    say(author_email=WREN, wants_mail=True)
    CommentMail.objects.exclude(kind="CONFIRM").delete()
    return CommentMail.objects.get()


class TestLease:
    def test_of_somebody_else_is_respected(self, question, sink):
        CommentMail.objects.update(claimed_at=LATER - LEASE + timedelta(seconds=1))
        deliver_due(now=LATER)
        assert sink.mails == []

    def test_that_has_run_out_is_taken_over(self, question, sink):
        CommentMail.objects.update(claimed_at=LATER - LEASE - timedelta(seconds=1))
        deliver_due(now=LATER)
        assert len(sink.mails) == 1
        assert outcomes() == ["SENT"]

    def test_is_not_taken_before_the_mail_is_due(self, question, sink):
        CommentMail.objects.update(due_at=LATER + timedelta(seconds=1))
        deliver_due(now=LATER)
        assert sink.mails == []

    def test_that_somebody_else_took_in_this_moment_is_left_to_them(self, question, sink):
        """Between looking and leasing, another process leases."""
        taken = []

        def take(execute, sql, params, many, context):
            if sql.startswith("UPDATE") and not taken:
                taken.append(sql)
                with connection.cursor() as cursor:
                    cursor.execute(
                        "UPDATE wagtail_massage_comments_commentmail SET claimed_at = due_at WHERE id = %s",
                        [question.pk],
                    )
            return execute(sql, params, many, context)

        CommentMail.objects.update(due_at=LATER)
        with connection.execute_wrapper(take):
            deliver_due(now=LATER)
        assert taken
        assert sink.mails == []
        assert outcomes() == [""]


class TestFailure:
    def test_is_tried_again_later_and_later_and_then_given_up(self, question, sink):
        sink.answers = ["451 try again later"] * (len(DELAYS) + 1)
        moment = LATER
        for delay in DELAYS:
            deliver_due(now=moment)
            question.refresh_from_db()
            assert (question.due_at, question.claimed_at, question.outcome) == (moment + delay, None, "")
            deliver_due(now=moment + delay - timedelta(seconds=1))
            moment += delay
        deliver_due(now=moment)
        assert outcomes() == ["FAILED"]
        assert sink.mails == []
        assert sink.answers == []

    def test_for_a_moment_loses_nothing(self, question, sink):
        sink.answers = ["451 try again later"]
        deliver_due(now=LATER)
        deliver_due(now=LATER + DELAYS[0])
        assert len(sink.mails) == 1
        assert outcomes() == ["SENT"]

    def test_of_an_address_that_does_not_exist_is_final(self, question, sink):
        sink.rejected[WREN] = "550 no such user"
        deliver_due(now=LATER)
        assert outcomes() == ["FAILED"]

    def test_of_one_mail_stops_no_other(self, say, sink):
        sink.rejected[WREN] = "451 mailbox busy"
        say(author_email=WREN, wants_mail=True)
        say(author_email="ash@visitors.example", wants_mail=True)
        deliver_due(now=LATER)
        assert sink.recipients == ["ash@visitors.example"]
        assert outcomes("CONFIRM") == ["", "SENT"]

    def test_says_nothing_of_anybody_in_the_log(self, question, sink, caplog):
        sink.rejected[WREN] = "550 wren@visitors.example is unknown here"
        deliver_due(now=LATER)
        assert "SMTPRecipientsRefused" in caplog.text
        assert "wren" not in caplog.text

    def test_of_a_template_of_the_site_is_a_failure_too(self, question, sink, settings, tmp_path):
        folder = tmp_path / "wagtail_massage_comments" / "mails"
        folder.mkdir(parents=True)
        (folder / "confirm.txt").write_text("{% nonsense %}")
        settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
        deliver_due(now=LATER)
        assert outcomes() == [""]


class TestServerThatIsAway:
    @pytest.fixture(autouse=True)
    def nobody_listens(self, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    def test_is_asked_once_a_run(self, say):
        for name in ("ash", "elm", "fir"):
            say(author_email=f"{name}@visitors.example", wants_mail=True)
        CommentMail.objects.exclude(kind="CONFIRM").delete()
        assert deliver_due(now=LATER) == {"": 1}
        assert list(CommentMail.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0, 0]

    def test_for_too_long_costs_the_mail(self, question):
        CommentMail.objects.update(attempts=len(DELAYS))
        assert deliver_due(now=LATER) == {"FAILED": 1}
        assert outcomes() == ["FAILED"]

    def test_is_not_the_visitors_concern(self, client, page, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            draft = FIELDS | {"author_email": WREN, "wants_mail": True, "form_token": good_token(page)}
            response = post_json(client, comments_url(page.pk), draft)
        assert response.status_code == 202
        assert VisitorComment.objects.count() == 1
        assert outcomes("CONFIRM") == [""]


class TestPost:
    def test_sends_its_mails_by_itself(self, client, page, sink, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            draft = FIELDS | {"author_email": WREN, "wants_mail": True, "form_token": good_token(page)}
            post_json(client, comments_url(page.pk), draft)
        assert sink.recipients == [WREN]

    def test_begins_no_further_mail_after_a_while(self, say, sink):
        for name in ("ash", "elm", "fir"):
            say(author_email=f"{name}@visitors.example", wants_mail=True)
        CommentMail.objects.exclude(kind="CONFIRM").delete()
        deliver_due(now=LATER, seconds=0)
        assert outcomes() == ["SENT", "", ""]


class TestCommand:
    def test_sends_what_is_due_and_tells_how_much(self, say, sink, capsys):
        sink.rejected["elm@visitors.example"] = "451 mailbox busy"
        for name in ("ash", "elm", "fir"):
            say(author_email=f"{name}@visitors.example", wants_mail=True)
        VisitorComment.objects.filter(author_email="fir@visitors.example").update(wants_mail=False)
        call_command("send_comment_mails")
        assert capsys.readouterr().out == "1 sent, 1 to be tried again, 0 given up, 1 not wanted.\n"
