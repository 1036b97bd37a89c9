"""Reports: said once, read by moderators only, and a comment that many report waits for a moderator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Author, Draft, Origin
from wagtail_massage.comments.models import CommentMail, CommentReport, CommentThread, ModerationEvent
from wagtail_massage.comments.states import AuthorKind, Policy, ReportReason, Status


@pytest.fixture(autouse=True)
def forgetful() -> Any:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def tell(now: Any) -> Any:
    """Return a function that reports a comment from the network with this number."""

    def run(comment: Any, network: int = 1, **values: Any) -> CommentReport:
        address = values.pop("address", f"198.51.100.{network}")
        reason = values.pop("reason", ReportReason.OFFENSIVE)
        return actions.report(comment, reason=reason, origin=Origin(address=address), now=now, **values)

    return run


class TestReportsByAuthorsOf:
    def test_finds_what_an_account_has_reported_and_nobody_else(self, publish, say, tell, now):
        member = Author(kind=AuthorKind.EXTERNAL, identity="77", name="Wren A.")
        origin = Origin(address="192.0.2.9", author=member)
        own, guests, reported = say(origin=origin), say(author_name="Otto"), publish()
        tell(reported, note="From a guest.")
        told = actions.report(
            reported, reason=ReportReason.PRIVATE, origin=origin, now=now, note="It is my aunt."
        )
        assert actions.reports_by_authors_of([guests.pk]) == []
        assert actions.reports_by_authors_of([own.pk]) == [told]
        assert actions.forget_words_of_reporters([own.pk]) == 1
        assert sorted(reported.reports.values_list("note", flat=True)) == ["", "From a guest."]


class TestReport:
    def test_is_stored_with_its_reason_and_note(self, publish, tell):
        stored = tell(publish(), reason=ReportReason.PRIVATE, note=" It names\r\nmy neighbour. ")
        assert (stored.reason, stored.note) == ("PRIVATE", "It names\nmy neighbour.")

    def test_leaves_the_comment_and_its_version_as_they_are(self, publish, tell):
        comment = publish()
        tell(comment)
        version = comment.version
        comment.refresh_from_db()
        assert (comment.status, comment.version, comment.report_count) == ("APPROVED", version, 1)

    @pytest.mark.parametrize(
        ("first", "second"),
        [("198.51.100.7", "198.51.100.7"), ("2001:db8::1", "2001:db8::2"), ("", "nonsense")],
        ids=["one address", "one /64", "no address"],
    )
    def test_of_one_network_counts_once(self, publish, tell, first, second):
        comment = publish()
        assert tell(comment, address=first) == tell(comment, address=second, reason=ReportReason.SPAM)
        comment.refresh_from_db()
        assert (comment.report_count, comment.reports.get().reason) == (1, "OFFENSIVE")

    def test_does_not_tell_that_one_person_reported_two_comments(self, publish, tell):
        assert tell(publish()).reporter_key != tell(publish()).reporter_key

    def test_is_not_taken_of_what_the_public_does_not_see(self, say, publish, tell, moderator, now):
        removed = publish()
        publish(parent=removed)
        actions.remove(removed, by=moderator, now=now)
        for comment in (say(), removed):
            with pytest.raises(actions.NotReportable):
                tell(comment)
        assert not CommentReport.objects.exists()

    @pytest.mark.parametrize("note", ["a\x00b", "x" * 501], ids=["control character", "too long"])
    def test_with_a_note_that_cannot_be_kept_is_refused(self, publish, tell, note):
        with pytest.raises(actions.Refused) as refused:
            tell(publish(), note=note)
        assert set(refused.value.errors) == {"note"}

    def test_tells_the_desk_once_until_somebody_has_looked(self, publish, tell, moderator, now):
        comment = publish()
        tell(comment, 1), tell(comment, 2)
        assert CommentMail.objects.filter(kind="MODERATORS", key__contains="REPORTED").count() == 1
        comment.refresh_from_db()
        actions.dismiss_reports(comment, by=moderator, now=now)
        tell(comment, 3)
        assert CommentMail.objects.filter(kind="MODERATORS", key__contains="REPORTED").count() == 2

    def test_stands_in_no_history(self, publish, tell):
        comment = publish()
        tell(comment)
        assert set(ModerationEvent.objects.filter(comment=comment).values_list("verb", flat=True)) == {
            "submit",
            "approve",
        }


class TestThreshold:
    def test_hides_the_comment_and_what_hangs_below_it(self, publish, tell):
        comment = publish()
        reply = publish(parent=comment)
        for network in range(3):
            tell(comment, network)
        comment.refresh_from_db(), reply.refresh_from_db()
        assert (comment.status, comment.is_visible, reply.is_visible) == ("PENDING", False, False)
        event = comment.events.latest("pk")
        assert (event.verb, event.actor_kind, event.actor, event.reason) == ("hide", "RULE", None, "reported")
        thread = CommentThread.objects.get()
        assert (thread.visible_count, thread.pending_count) == (0, 1)

    @pytest.mark.parametrize(("threshold", "status"), [(1, "PENDING"), (2, "APPROVED"), (0, "APPROVED")])
    def test_is_what_the_setting_says(self, publish, tell, settings, threshold, status):
        settings.WAGTAIL_MASSAGE_COMMENTS_REPORT_THRESHOLD = threshold
        comment = publish()
        tell(comment)
        comment.refresh_from_db()
        assert comment.status == status

    def test_is_not_reached_by_old_reports_after_a_decision(self, publish, tell, moderator, now):
        comment = publish()
        for network in range(3):
            tell(comment, network)
        comment.refresh_from_db()
        actions.approve(comment, by=moderator, now=now)
        assert not comment.reports.filter(handled_at=None).exists()
        for network in range(3):
            tell(comment, network)
        comment.refresh_from_db()
        assert (comment.status, comment.report_count) == ("APPROVED", 0)

    def test_is_reached_again_by_new_people(self, publish, tell, moderator, now):
        comment = publish()
        tell(comment, 1)
        comment.refresh_from_db()
        actions.dismiss_reports(comment, by=moderator, now=now)
        for network in (2, 3, 4):
            tell(comment, network)
        comment.refresh_from_db()
        assert comment.status == Status.PENDING

    def test_is_not_undone_by_the_author(self, page, say, tell, moderator, settings, now):
        """Somebody who is trusted, and confirms the address only now, does not come back by that."""
        settings.WAGTAIL_MASSAGE_COMMENTS_TRUST_AFTER = 1
        settings.WAGTAIL_MASSAGE_COMMENTS_REPORT_THRESHOLD = 1
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        before = say(author_email="ida@example.com")
        actions.confirm(before, now=now)
        comment = say(author_email="ida@example.com")
        tell(comment)
        actions.confirm(comment, now=now)
        assert comment.status == Status.PENDING


class TestDecision:
    def test_handles_reports_that_came_after_the_comment_was_loaded(self, publish, tell, moderator, now):
        comment = publish()
        tell(comment)
        actions.hide(comment, by=moderator, now=now)  # `comment` still says that there are none
        assert comment.reports.get().handled_at == now

    @pytest.mark.parametrize("verb", [actions.dismiss_reports, actions.acknowledge])
    def test_that_leaves_it_public_is_one_for_everybody(self, page, say, tell, moderator, now, verb):
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        comment = say()
        tell(comment)
        comment.refresh_from_db()
        verb(comment, by=moderator, now=now)
        comment.refresh_from_db()
        assert (comment.status, comment.report_count, comment.reviewed_at) == ("APPROVED", 0, now)
        assert comment.events.latest("pk").verb == verb.__name__
        with pytest.raises(actions.StaleState):
            verb(comment, by=moderator, now=now)

    def test_of_two_moderators_is_one(self, publish, tell, moderator, now):
        comment = publish()
        tell(comment)
        comment.refresh_from_db()
        other = type(comment).objects.get(pk=comment.pk)
        actions.dismiss_reports(comment, by=moderator, now=now)
        with pytest.raises(actions.StaleState):
            actions.dismiss_reports(other, by=moderator, now=now)


class TestReviewed:
    def test_is_what_an_import_brings_along_decided(self, page, now):
        stored = {}
        for status in (Status.APPROVED, Status.REMOVED, Status.PENDING):
            draft = Draft(body="From elsewhere", author_name="Ida")
            origin = {"source_key": f"old:{status}", "created_at": now - timedelta(days=9), "by": None}
            stored[status] = actions.import_comment(page=page, draft=draft, status=status, now=now, **origin)
        reviewed = {status: found.comment.reviewed_at for status, found in stored.items()}
        assert reviewed == {"APPROVED": now, "REMOVED": now, "PENDING": None}

    def test_is_no_text_that_the_author_has_changed_since(self, page, say, moderator, now):
        actions.set_policy(page=page, policy=Policy.POST, by=moderator, now=now)
        comment = actions.acknowledge(say("Before"), by=moderator, now=now)
        actions.edit(comment, body="And after", by=None, now=now, origin=Origin(token="GOOD"))
        comment.refresh_from_db()
        assert (comment.status, comment.reviewed_at) == ("APPROVED", None)
