"""Comments that were published elsewhere: kept with their own date, status and badge, and never twice."""

from datetime import timedelta

import pytest

from wagtail_massage.comments import actions
from wagtail_massage.comments.conf import comments_settings
from wagtail_massage.comments.drafts import Draft
from wagtail_massage.comments.models import ModerationEvent, VisitorComment
from wagtail_massage.comments.states import Badge, Status


@pytest.fixture
def bring(page, now):
    """Return a function that imports one comment, as a command would."""

    def bring(source_key="old:1", *, body="The towels were warm.", **values):
        draft = Draft(body=body, author_name="Wren A.")
        given = {"status": Status.APPROVED, "created_at": now - timedelta(days=900), "by": None, "now": now}
        return actions.import_comment(page=page, draft=draft, source_key=source_key, **given | values)

    return bring


class TestImportComment:
    def test_keeps_date_and_status(self, bring, now):
        comment = bring(status=Status.APPROVED).comment
        assert comment.created_at == now - timedelta(days=900)
        assert (comment.status, comment.is_visible) == ("APPROVED", True)

    def test_stores_the_same_source_once(self, bring):
        first, second = bring(), bring(body="Changed since.")
        assert (first.is_new, second.is_new) == (True, False)
        assert second.comment == first.comment
        assert VisitorComment.objects.get().body == "The towels were warm."

    def test_places_a_reply_below_its_parent(self, bring, now):
        parent = bring().comment
        reply = bring("old:2", parent=parent, created_at=now - timedelta(days=899)).comment
        assert (reply.depth, reply.root) == (2, parent)

    def test_gives_no_badge_by_itself(self, bring):
        assert bring().comment.badge == ""

    def test_marks_what_the_team_wrote(self, bring):
        bring(badge=Badge.STAFF)
        assert VisitorComment.objects.get().badge == "STAFF"

    def test_leaves_one_event_without_a_person(self, bring):
        bring()
        event = ModerationEvent.objects.get()
        assert (event.verb, event.actor_kind, event.actor) == ("import", "TASK", None)

    def test_refuses_a_blank_text_and_stores_nothing(self, bring):
        with pytest.raises(actions.Refused):
            bring(body=" \n ")
        assert not VisitorComment.objects.exists()

    @pytest.mark.parametrize("status", [Status.PENDING, Status.UNCONFIRMED])
    def test_lets_every_check_look_at_one_that_waits(self, bring, status, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_SUSPECT_WORDS = ["voucher"]
        body = "A voucher for https://a.example and https://b.example and https://c.example"
        comment = bring(status=status, body=body).comment
        said = {verdict.check_name: verdict.reason for verdict in comment.verdicts.all() if verdict.reason}
        assert said == {"words": "suspect_word", "links": "many_links"}
        assert comment.verdicts.count() == len(comments_settings.checks)
        assert comment.status == status

    def test_asks_nobody_outside_about_one_that_waits(self, bring, settings):
        akismet = "wagtail_massage.comments.screening.akismet.AkismetCheck"
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [akismet]
        comment = bring(status=Status.PENDING).comment
        assert [verdict.reason for verdict in comment.verdicts.all()] == ["not_asked"]
        assert comment.origin == {}

    @pytest.mark.parametrize("status", [Status.APPROVED, Status.REJECTED, Status.SPAM, Status.REMOVED])
    def test_screens_nothing_that_was_decided_elsewhere(self, bring, status):
        assert not bring(
            status=status, body="See www.a.example www.b.example www.c.example"
        ).comment.verdicts.exists()
