"""Mails to moderators: who gets them, how often, and that many comments make one mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.comments.conftest import NOW
from tests.comments.desk import client_of, desk_url, make_user
from tests.comments.postbox import links
from tests.mail_sink import text_of
from tests.projects.blog.models import BlogPage
from wagtail_massage.comments import actions, outbox
from wagtail_massage.comments.mails import deliver_due, plan_digests
from wagtail_massage.comments.mails.desk import PAUSE
from wagtail_massage.comments.models import (
    CommentMail,
    GroupCommentPermission,
    ModeratorMailChoice,
    VisitorComment,
)
from wagtail_massage.comments.states import MailFrequency, MailLane, Policy

LATER = NOW + timedelta(hours=1)
MORNING = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)


@pytest.fixture
def ash(page):
    """Moderates the page, and is no superuser."""
    user = make_user("ash", moderates=page)
    user.first_name, user.last_name = "Ash", "A."  # without them Wagtail saves no account page
    user.save()
    return user


def delivered(sink, now=LATER):
    seen = len(sink.mails)
    deliver_due(now=now)
    return sink.mails[seen:]


def choose(user, lane, frequency):
    ModeratorMailChoice.objects.update_or_create(user=user, lane=lane, defaults={"frequency": frequency})


class TestNote:
    def test_leads_to_the_comment_on_the_desk(self, say, sink, ash):
        comment = say(body="Nobody may read this in a mail.", author_name="Wren Of The Mail")
        (mail,) = delivered(sink)
        assert mail["To"] == "ash@example.com"
        assert mail["Subject"] == "[Test site] Comments – Pending: 1"
        assert f"http://testserver{desk_url('inspect', comment.pk)}" in text_of(mail)
        assert "Warm stones" in text_of(mail)
        assert "Wren" not in mail.as_string()
        assert "Nobody may read" not in mail.as_string()
        assert mail["Auto-Submitted"] == "auto-generated"

    def test_holds_links_that_only_show(self, say, sink, ash):
        comment = say()
        (mail,) = delivered(sink)
        for link in links(text_of(mail)):
            assert client_of(ash).get(link).status_code == 200
        comment.refresh_from_db()
        assert (comment.status, comment.version) == ("PENDING", 1)

    def test_goes_to_everybody_who_moderates_the_page_and_to_nobody_else(
        self, say, sink, ash, page, home, moderator
    ):
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        make_user("fir", moderates=other)
        make_user("elm", edits=page)
        nobody = make_user("oak", moderates=page)
        type(nobody).objects.filter(pk=nobody.pk).update(email="")
        away = make_user("yew", moderates=page)
        type(away).objects.filter(pk=away.pk).update(is_active=False)
        say()
        delivered(sink)
        assert sorted(sink.recipients) == ["ash@example.com", "mona@example.com"]

    @pytest.mark.parametrize("change", ["permission", "account", "choice"])
    def test_is_not_sent_to_somebody_who_has_lost_it_meanwhile(self, say, sink, ash, change):
        say()
        delivered(sink)
        say()
        assert delivered(sink, LATER + timedelta(minutes=1)) == []  # in the queue for nine more minutes
        match change:
            case "permission":
                GroupCommentPermission.objects.all().delete()
            case "account":
                type(ash).objects.filter(pk=ash.pk).update(is_active=False)
            case "choice":
                choose(ash, MailLane.WAITING, MailFrequency.NEVER)
        assert delivered(sink, LATER + timedelta(hours=1)) == []
        assert not CommentMail.objects.filter(finished_at=None).exists()

    def test_is_not_sent_when_everything_is_done_already(self, say, sink, ash, moderator):
        actions.approve(say(), by=moderator, now=NOW)
        assert delivered(sink) == []

    def test_of_many_comments_is_one_mail_that_counts_them(self, say, sink, ash):
        for _ in range(12):
            say()
        (mail,) = delivered(sink)
        assert mail["Subject"].endswith(": 12")

    def test_comes_once_in_ten_minutes_and_then_tells_of_all(self, say, sink, ash, moderator):
        choose(moderator, MailLane.WAITING, MailFrequency.NEVER)
        say()
        assert len(delivered(sink)) == 1
        for minute in range(1, 10):
            say()
            assert delivered(sink, LATER + timedelta(minutes=minute)) == []
        (mail,) = delivered(sink, LATER + PAUSE)
        assert mail["Subject"].endswith(": 10")
        assert delivered(sink, LATER + timedelta(days=1)) == []

    def test_of_what_came_while_the_last_one_was_sent_is_not_lost(self, say, sink, ash):
        say()
        delivered(sink)
        say()
        deliver_due(now=LATER + timedelta(minutes=1))
        CommentMail.objects.filter(finished_at=None).update(
            claimed_at=LATER + PAUSE
        )  # in the hands of a worker
        say()
        deliver_due(now=LATER + PAUSE)
        assert CommentMail.objects.filter(finished_at=None, recipient=ash).count() == 2

    def test_is_not_sent_to_the_moderator_who_wrote_the_comment(self, say, sink, ash, page):
        comment = say()
        VisitorComment.objects.filter(pk=comment.pk).update(author_user=ash)
        assert delivered(sink) == []

    def test_tells_of_what_appeared_at_once_if_that_is_wanted(self, say, sink, ash, page):
        choose(ash, MailLane.PUBLISHED, MailFrequency.INSTANT)
        actions.set_policy(page=page, policy=Policy.POST, by=None, now=NOW)
        comment = say()
        (mail,) = delivered(sink)
        assert mail["Subject"] == "[Test site] Comments – Unread: 1"
        assert desk_url("inspect", comment.pk) in text_of(mail)

    def test_tells_of_reports(self, publish, sink, ash):
        comment = publish()
        VisitorComment.objects.filter(pk=comment.pk).update(report_count=1)
        outbox.post([outbox.to_desk(MailLane.REPORTED, comment, now=NOW)])
        mail = next(mail for mail in delivered(sink) if mail["To"] == "ash@example.com")
        assert mail["Subject"] == "[Test site] Comments – Reported: 1"

    def test_speaks_the_moderators_language(self, say, sink, ash, settings):
        UserProfile.objects.create(user=ash, preferred_language="de")
        say()
        (german,) = delivered(sink)
        UserProfile.objects.update(preferred_language="")
        say()
        (english,) = delivered(sink, LATER + PAUSE)
        assert english["Subject"].startswith("[Test site] Comments – Pending")
        assert german["Subject"] != english["Subject"]

    def test_has_no_list_headers(self, say, sink, ash):
        say()
        (mail,) = delivered(sink)
        assert mail["List-Unsubscribe"] is None


class TestDigest:
    @pytest.fixture(autouse=True)
    def _all_in_one(self, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_MODERATOR_MAILS = {"WAITING": "DIGEST"}

    def digest(self, sink, now):
        plan_digests(now=now)
        return delivered(sink, now)

    def test_comes_once_a_day_from_its_hour_on(self, say, sink, ash):
        say()
        say()
        assert self.digest(sink, MORNING - timedelta(minutes=1)) == []
        (mail,) = self.digest(sink, MORNING)
        assert mail["Subject"].strip() == "[Test site] Comments today – Pending: 2"
        say()
        for hours in range(1, 17):
            assert self.digest(sink, MORNING + timedelta(hours=hours)) == []
        (tomorrow,) = self.digest(sink, MORNING + timedelta(days=1))
        assert tomorrow["Subject"].endswith(": 3")

    def test_takes_the_place_of_notes(self, say, sink, ash):
        say()
        assert delivered(sink) == []

    def test_that_would_be_empty_is_not_sent(self, sink, ash):
        assert self.digest(sink, MORNING) == []

    def test_tells_only_of_what_one_moderates(self, say, sink, ash, home, page):
        other = home.add_child(instance=BlogPage(title="Other", slug="other"))
        say(page=other)
        assert self.digest(sink, MORNING) == []

    def test_tells_of_what_appeared_at_once_on_one_day_only(self, say, sink, ash, page):
        actions.set_policy(page=page, policy=Policy.POST, by=None, now=NOW)
        say()
        deliver_due(now=LATER)
        (mail,) = self.digest(sink, MORNING)
        assert mail["Subject"].endswith("Unread: 1")
        assert self.digest(sink, MORNING + timedelta(days=1)) == []

    def test_is_not_made_twice_by_two_commands_at_once(self, say, sink, ash):
        say()
        plan_digests(now=MORNING)
        plan_digests(now=MORNING)
        assert len(delivered(sink, MORNING)) == 1

    def test_follows_the_choice_of_each_moderator(self, say, sink, ash, moderator):
        choose(ash, MailLane.WAITING, MailFrequency.NEVER)
        say()
        self.digest(sink, MORNING)
        assert sink.recipients == ["mona@example.com"]


class TestAccountPanel:
    url = property(lambda self: reverse("wagtailadmin_account"))

    def test_shows_what_is_usual_here(self, ash):
        shown = client_of(ash).get(self.url).content.decode()
        assert "Mails about comments" in shown
        assert "As usual here (At once)" in shown
        assert "As usual here (Together, once a day)" in shown

    def test_is_shown_to_moderators_only(self, page):
        editor = make_user("elm", edits=page)
        assert "Mails about comments" not in client_of(editor).get(self.url).content.decode()

    def test_keeps_a_choice_and_takes_it_back(self, ash, say, sink):
        client = client_of(ash)
        assert self.save(client, ash, WAITING="NEVER", PUBLISHED="DIGEST") == 302
        chosen = dict(ModeratorMailChoice.objects.filter(user=ash).values_list("lane", "frequency"))
        assert chosen == {"WAITING": "NEVER", "PUBLISHED": "DIGEST"}
        say()
        assert delivered(sink) == []
        self.save(client, ash, WAITING="", PUBLISHED="")
        assert not ModeratorMailChoice.objects.exists()

    def test_refuses_what_is_no_choice(self, ash):
        assert self.save(client_of(ash), ash, WAITING="HOURLY") == 200
        assert not ModeratorMailChoice.objects.exists()

    def save(self, client, user, **choices):
        page = client.get(self.url)
        posted = {}
        for panels in page.context["panels_by_tab"].values():
            for panel in panels:
                form = panel.get_form()
                posted |= {form.add_prefix(name): form[name].value() or "" for name in form.fields}
        posted |= {f"massage_comment_mails-{lane}": choice for lane, choice in choices.items()}
        return client.post(self.url, posted).status_code


class TestSetting:
    @pytest.mark.parametrize(
        ("name", "value", "check"),
        [
            ("MODERATOR_MAILS", {"WAITING": "HOURLY"}, "wagtail_massage_comments.E040"),
            ("MODERATOR_MAILS", {"SPAM": "NEVER"}, "wagtail_massage_comments.E040"),
            ("DIGEST_HOUR", 24, "wagtail_massage_comments.E041"),
            ("DIGEST_HOUR", "7", "wagtail_massage_comments.E041"),
        ],
    )
    def test_that_cannot_work_is_named_by_a_check(self, settings, name, value, check):
        from django.core.checks import run_checks

        setattr(settings, f"WAGTAIL_MASSAGE_COMMENTS_{name}", value)
        assert check in {message.id for message in run_checks()}
