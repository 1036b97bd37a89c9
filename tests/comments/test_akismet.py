"""The outside check, asked of a real server on this machine that is right, wrong, slow, down or worse."""

from __future__ import annotations

import socket
from datetime import timedelta
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.utils import timezone

from tests.comments import akismet_server as server
from tests.comments.faces import good_token
from wagtail_massage.comments import actions, tasks
from wagtail_massage.comments.conf import DEFAULT_CHECKS
from wagtail_massage.comments.drafts import Draft, Origin
from wagtail_massage.comments.models import CommentMail, CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.comments.policies import PolicyTerms
from wagtail_massage.comments.screening.base import Check, Finding, Outcome, Verdict
from wagtail_massage.comments.states import EmailRule, Policy

AKISMET = "wagtail_massage.comments.screening.akismet.AkismetCheck"
ORIGIN = Origin(address="192.0.2.1", user_agent="Browser/1.0", token="GOOD")

GOOD_SERVICES = [server.says(b"false"), server.says(b"false\n")]
BAD_SERVICES = {
    "broken": server.says(b"oops", 500),
    "broken but affirmative": server.says(b"true", 503),
    "nonsense": server.says(b"perhaps"),
    "not the right key": server.says(b"invalid", X_akismet_debug_help="Empty api_key"),
    "silence": server.says(b""),
    "somewhere else": server.says(b"false", 302, Location="/1.1/elsewhere"),
    "permanently somewhere else": server.says(b"false", 308, Location="/1.1/elsewhere"),
    "asleep": server.sleeps,
    "dripping its body": server.drips_the_body,
    "dripping its headers": server.drips_the_headers,
    "no HTTP": server.speaks_no_http,
    "hanging up": server.hangs_up,
    "endless": server.talks_without_end,
    "huge": server.says(b"false" + b" " * 70_000),
}


@pytest.fixture(autouse=True)
def _akismet(settings):
    settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [AKISMET]
    settings.WAGTAIL_MASSAGE_COMMENTS_AKISMET_KEY = "k3y"
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/s"


@pytest.fixture
def service(settings, request):
    """The service of the test's parameter, or one that has nothing against anything."""
    with server.serving(getattr(request, "param", server.says(b"false"))) as running:
        settings.WAGTAIL_MASSAGE_COMMENTS_AKISMET_URL = running.url
        yield running


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr("wagtail_massage.comments.screening.akismet.SECONDS", 0.3)


@pytest.fixture
def open_page(page, moderator, now):
    actions.set_policy(page=page, policy=Policy.OPEN, by=moderator, now=now)
    return page


@pytest.fixture
def post(open_page, now, django_capture_on_commit_callbacks):
    """Submit a comment on a page that publishes at once; with `ask` what comes after the commit happens too."""

    def submit(body="Warm and unhurried.", *, ask=True, **draft):
        draft = Draft(body=body, **{"author_name": "Wren", "author_email": "wren@example.com"} | draft)
        with django_capture_on_commit_callbacks(execute=ask):
            comment = actions.submit(page=open_page, draft=draft, origin=ORIGIN, now=now).comment
        comment.refresh_from_db()
        return comment

    return submit


def reasons(comment):
    return list(comment.verdicts.order_by("pk").values_list("reason", flat=True))


class TestWhileItWaits:
    def test_a_comment_is_pending_and_nobody_has_been_asked(self, post, service):
        comment = post(ask=False)
        assert (comment.status, reasons(comment)) == ("PENDING", ["check_waiting"])
        assert not service.requests

    def test_the_site_keeps_what_the_service_will_be_told(self, post, service):
        assert post(ask=False).origin == {"address": "192.0.2.1", "user_agent": "Browser/1.0"}

    def test_the_desk_is_not_told(self, post, service):
        post(ask=False)
        assert not CommentMail.objects.exists()

    def test_a_site_without_outside_checks_keeps_nothing(self, post, settings):
        del settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS
        assert post().origin == {}

    def test_a_visitor_posts_through_either_face_without_waiting_for_the_answer(
        self, face, open_page, service
    ):
        response = face.post_id(open_page.pk, form_token=good_token(open_page))
        assert response.status_code in face.accepted
        assert VisitorComment.objects.get().status == "PENDING"


class TestAnAnswer:
    @pytest.mark.parametrize("service", GOOD_SERVICES, indirect=True)
    def test_that_has_nothing_against_it_lets_the_policy_publish(self, post, service):
        comment = post()
        assert (comment.status, comment.is_visible) == ("APPROVED", True)
        assert reasons(comment) == ["check_waiting", ""]
        assert CommentThread.objects.get().visible_count == 1

    def test_is_an_event_of_a_rule(self, post, service):
        event = ModerationEvent.objects.filter(comment=post()).latest("pk")
        assert (event.verb, event.actor_kind, event.from_status) == ("screen", "RULE", "PENDING")

    def test_leaves_nothing_of_the_origin(self, post, service):
        assert post().origin == {}

    def test_leaves_it_to_a_moderator_where_the_policy_does(self, post, service, open_page, moderator, now):
        actions.set_policy(page=open_page, policy=Policy.PRE, by=moderator, now=now)
        comment = post()
        assert (comment.status, reasons(comment)) == ("PENDING", ["check_waiting", ""])
        assert CommentMail.objects.filter(comment=comment, kind="MODERATORS").count() == 1

    @pytest.mark.parametrize(
        ("service", "reason"),
        [
            (server.says(b"true"), "akismet_spam"),
            (server.says(b"true", X_akismet_pro_tip="discard"), "akismet_discard"),
        ],
        indirect=["service"],
    )
    def test_that_calls_it_spam_makes_it_spam(self, post, service, reason):
        comment = post()
        assert (comment.status, reasons(comment)) == ("SPAM", ["check_waiting", reason])
        assert not CommentMail.objects.filter(kind="MODERATORS").exists()

    def test_does_not_lift_what_another_check_holds(self, post, service, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [
            "wagtail_massage.comments.screening.length.LengthCheck",
            AKISMET,
        ]
        assert post("x").status == "PENDING"

    def test_publishes_for_a_person_who_is_trusted(self, post, service, settings, open_page, moderator, now):
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER = 1
        VisitorComment.objects.filter(pk=post("First").pk).update(email_verified_at=now, reviewed_at=now)
        actions.set_policy(page=open_page, policy=Policy.PRE, by=moderator, now=now)
        known = post("Second", ask=False)
        VisitorComment.objects.filter(pk=known.pk).update(email_verified_at=now)
        tasks.ask_outside_checks.call(known.pk)
        known.refresh_from_db()
        assert known.status == "APPROVED"
        assert post("Only typed the address").status == "PENDING"


class TestAServiceThatIs:
    @pytest.mark.parametrize("service", BAD_SERVICES.values(), ids=BAD_SERVICES, indirect=True)
    def test_no_good_leaves_the_comment_to_a_moderator(self, post, service, impatient):
        comment = post()
        assert (comment.status, comment.is_visible) == ("PENDING", False)
        assert reasons(comment) == ["check_waiting", "check_failed"]
        assert [path for path, _fields in service.requests] == ["/1.1/comment-check"]
        assert CommentMail.objects.filter(comment=comment, kind="MODERATORS").count() == 1

    def test_down_leaves_the_comment_to_a_moderator(self, post, settings):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
            settings.WAGTAIL_MASSAGE_COMMENTS_AKISMET_URL = f"http://127.0.0.1:{taken.getsockname()[1]}/"
            assert reasons(post()) == ["check_waiting", "check_failed"]

    @pytest.mark.parametrize(
        "url", ["", "akismet", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://[", "http://x:y/"]
    )
    def test_configured_with_nonsense_leaves_the_comment_to_a_moderator(self, post, settings, url):
        settings.WAGTAIL_MASSAGE_COMMENTS_AKISMET_URL = url
        assert reasons(post()) == ["check_waiting", "check_failed"]

    def test_no_good_says_so_in_the_log_without_the_key_or_the_text(self, post, service, caplog):
        service.behave = server.says(b"k3y Warm and unhurried. wren@example.com", 500)
        post()
        assert "'akismet' failed; the comment is held. Status " in caplog.text
        for secret in ("k3y", "unhurried", "wren@example.com", "192.0.2.1"):
            assert secret not in caplog.text

    def test_no_longer_configured_counts_as_failed(self, post, service, settings):
        comment = post(ask=False)
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = []
        tasks.ask_outside_checks.call(comment.pk)
        assert reasons(comment) == ["check_waiting", "check_failed"]


class TestWhatIsSent:
    def test_is_what_the_documentation_lists(self, post, service, open_page):
        post(locale="en")
        assert service.fields == {
            "api_key": "k3y",
            "blog": "http://localhost",
            "blog_charset": "UTF-8",
            "blog_lang": "en",
            "permalink": open_page.full_url,
            "user_ip": "192.0.2.1",
            "user_agent": "Browser/1.0",
            "comment_type": "comment",
            "comment_author": "Wren",
            "comment_author_email": "wren@example.com",
            "comment_content": "Warm and unhurried.",
        }

    def test_is_the_agent_and_address_of_the_visitor(
        self, face, open_page, service, settings, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            face.client.defaults["HTTP_USER_AGENT"] = "Lynx/2.9"
            face.post(open_page)
        assert (service.fields["user_agent"], service.fields["user_ip"]) == ("Lynx/2.9", "127.0.0.1")

    def test_says_of_an_answer_that_it_is_one(self, post, service):
        root = post("Root")
        service.requests.clear()
        post("Reply", parent=root.uuid)
        assert service.fields["comment_type"] == "reply"

    def test_is_nothing_when_the_comment_is_spam_anyway(self, post, service, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [
            AKISMET,
            "wagtail_massage.comments.screening.links.LinkCheck",
        ]
        comment = post(" ".join(f"https://example.com/{number}" for number in range(9)))
        assert (comment.status, comment.origin) == ("SPAM", {})
        assert not service.requests
        assert "not_asked" in reasons(comment)

    def test_is_nothing_when_another_check_calls_the_text_confidential(self, post, service, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [AKISMET, f"{__name__}.ConfidentialCheck"]
        comment = post()
        assert (comment.status, comment.origin) == ("PENDING", {})
        assert not service.requests

    def test_is_nothing_when_somebody_asks_about_her_health(self, post, service, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [*DEFAULT_CHECKS, AKISMET]
        comment = post("My left leg swells since the veins were taken. Is a massage safe for me?")
        assert (comment.status, comment.is_health, comment.origin) == ("PENDING", True, {})
        assert not service.requests

    def test_is_nothing_when_a_moderator_edits(
        self, post, service, moderator, now, django_capture_on_commit_callbacks
    ):
        comment = post()
        service.requests.clear()
        with django_capture_on_commit_callbacks(execute=True):
            actions.edit(comment, body="In a moderator's words.", by=moderator, now=now)
        assert not service.requests
        assert VisitorComment.objects.get().status == "APPROVED"


class ConfidentialCheck(Check):
    name = "confidential"

    def examine(self, candidate):
        yield Finding(outcome=Outcome.HOLD, reason="private", is_confidential=True)


class TestInTheMeantime:
    def test_a_decision_by_a_person_stays(self, post, service, moderator, now):
        comment = post(ask=False)
        seen = VisitorComment.objects.get(pk=comment.pk)
        actions.reject(comment, by=moderator, now=now)
        verdict = [verdict_of(Outcome.PASS)]
        actions.apply_outside_verdicts(seen, verdict, now=now)
        assert VisitorComment.objects.get().status == "REJECTED"

    def test_nobody_is_asked_after_a_decision(self, post, service, moderator, now):
        comment = post(ask=False)
        actions.approve(comment, by=moderator, now=now)
        tasks.ask_outside_checks.call(comment.pk)
        assert not service.requests
        assert VisitorComment.objects.get().origin == {}

    def test_nobody_is_asked_after_a_decision_about_many(self, post, service, moderator, now):
        comment = post(ask=False)
        actions.decide_many({comment.pk: comment.version}, verb="approve", by=moderator, now=now)
        assert VisitorComment.objects.get().origin == {}
        tasks.ask_outside_checks.call(comment.pk)
        assert not service.requests

    def test_another_text_is_judged_for_itself(self, post, service, now):
        comment = post(ask=False)
        seen = VisitorComment.objects.get(pk=comment.pk)
        actions.edit(comment, body="Quite another text.", by=None, now=now, origin=ORIGIN)
        actions.apply_outside_verdicts(seen, [verdict_of(Outcome.SPAM)], now=now)
        assert VisitorComment.objects.get().status == "PENDING"
        tasks.ask_outside_checks.call(comment.pk)
        assert service.fields["comment_content"] == "Quite another text."
        assert VisitorComment.objects.get().status == "APPROVED"

    def test_an_edit_does_not_withdraw_what_was_held_before(
        self, post, service, settings, now, django_capture_on_commit_callbacks
    ):
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [
            "wagtail_massage.comments.screening.length.LengthCheck",
            AKISMET,
        ]
        comment = post("x")
        with django_capture_on_commit_callbacks(execute=True):
            actions.edit(comment, body="Longer now.", by=None, now=now, origin=ORIGIN)
        assert VisitorComment.objects.get().status == "PENDING"

    def test_an_edit_of_what_is_public_hides_it_until_the_answer(
        self, post, service, now, django_capture_on_commit_callbacks
    ):
        comment = post()
        with django_capture_on_commit_callbacks() as later:
            actions.edit(comment, body="Another text.", by=None, now=now, origin=ORIGIN)
        assert not VisitorComment.objects.public().exists()
        for callback in later:
            callback()
        assert VisitorComment.objects.public().get().body == "Another text."

    def test_the_same_task_again_changes_nothing(self, post, service):
        comment = post()
        events, verdicts = comment.events.count(), comment.verdicts.count()
        tasks.ask_outside_checks.call(comment.pk)
        assert (comment.events.count(), comment.verdicts.count()) == (events, verdicts)
        assert len(service.requests) == 1

    def test_a_comment_that_is_gone_is_no_error(self, post, service):
        tasks.ask_outside_checks.call(10**9)
        assert not service.requests

    def test_one_that_nobody_has_confirmed_stays_so(self, post, service, open_page, moderator, now):
        terms = PolicyTerms(email_rule=EmailRule.CONFIRMED)
        actions.set_policy(page=open_page, policy=Policy.OPEN, by=moderator, now=now, terms=terms)
        comment = post()
        assert (comment.status, comment.origin) == ("UNCONFIRMED", {})
        assert actions.confirm(comment, now=now).status == "APPROVED"

    def test_one_that_is_confirmed_first_waits_on(self, post, service, open_page, moderator, now):
        terms = PolicyTerms(email_rule=EmailRule.CONFIRMED)
        actions.set_policy(page=open_page, policy=Policy.OPEN, by=moderator, now=now, terms=terms)
        comment = actions.confirm(post(ask=False), now=now)
        assert comment.status == "PENDING"
        tasks.ask_outside_checks.call(comment.pk)
        assert VisitorComment.objects.get().status == "APPROVED"


def verdict_of(outcome):
    return Verdict(check_name="akismet", check_version=1, finding=Finding(outcome=outcome, reason="said"))


class TestTheCommand:
    def run(self):
        out = StringIO()
        call_command("screen_waiting_comments", stdout=out)
        return out.getvalue()

    def test_asks_about_comments_whose_task_was_lost(self, post, service):
        comment = post(ask=False)  # written long before the clock of this machine
        assert "1 comment" in self.run()
        comment.refresh_from_db()
        assert (comment.status, comment.origin) == ("APPROVED", {})
        assert "0 comments" in self.run()

    def test_leaves_a_comment_of_this_moment_to_its_task(self, post, service):
        post(ask=False)
        VisitorComment.objects.update(created_at=timezone.now() - timedelta(minutes=9))
        assert "0 comments" in self.run()
        assert not service.requests

    def test_asks_once_even_when_the_service_is_away(self, post, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_AKISMET_URL = "http://127.0.0.1:1/"
        comment = post(ask=False)
        self.run()
        assert reasons(comment) == ["check_waiting", "check_failed"]
        assert "0 comments" in self.run()


class TestTheConfiguration:
    @pytest.fixture(autouse=True)
    def _worker(self, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def ids(self):
        found = run_checks(include_deployment_checks=True)
        return {message.id for message in found if message.id.startswith("wagtail_massage")}

    def test_is_fine_with_a_key(self):
        assert self.ids() == set()

    @pytest.mark.parametrize(
        ("name", "value", "id_"),
        [
            ("KEY", "", "wagtail_massage_comments.E060"),
            ("KEY", " ", "wagtail_massage_comments.E060"),
            ("KEY", None, "wagtail_massage_comments.E060"),
            ("URL", "akismet", "wagtail_massage_comments.E061"),
            ("URL", None, "wagtail_massage_comments.E061"),
            ("URL", "http://akismet.example/", "wagtail_massage_comments.W060"),
        ],
    )
    def test_is_refused_where_it_cannot_work(self, settings, name, value, id_):
        setattr(settings, f"WAGTAIL_MASSAGE_COMMENTS_AKISMET_{name}", value)
        assert self.ids() == {id_}

    def test_is_warned_of_where_visitors_would_wait_for_it(self, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
        assert self.ids() == {"wagtail_massage_comments.W061"}
        del settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS
        assert self.ids() == set()

    def test_may_speak_plainly_to_this_machine(self, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_AKISMET_URL = "http://127.0.0.1:8080/"
        assert self.ids() == set()

    def test_of_a_site_that_does_not_use_it_is_nobodys_business(self, settings):
        del settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS
        settings.WAGTAIL_MASSAGE_COMMENTS_AKISMET_KEY = ""
        assert self.ids() == set()
