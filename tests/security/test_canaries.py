"""What must not get out: private columns in public answers, personal values in logs."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.comments.desk import client_of, decision, desk_url
from tests.comments.faces import comments_url, form_url, good_token, post_json
from tests.security.surface import API, operations
from wagtail_massage.comments import actions
from wagtail_massage.comments.mails.links import confirm_token, unsubscribe_token
from wagtail_massage.comments.models import (
    CommentReport,
    CommentRevision,
    HealthAnswer,
    HealthQuestion,
    ModerationEvent,
    ModerationNote,
    VisitorComment,
)
from wagtail_massage.comments.receipts import make_receipt
from wagtail_massage.comments.screening.base import Candidate, Check
from wagtail_massage.testing.comments import VisitorCommentFactory

# Columns of a public comment that are public themselves, or say nothing that is anybody's own.
PUBLIC = {
    "id", "uuid", "thread", "page", "parent", "root", "in_reply_to", "depth", "reply_count", "status",
    "is_visible", "version", "author_kind", "author_name", "badge", "body", "locale", "created_at", "edited_at",
    "report_count", "wants_mail", "author_user", "reviewed_at", "email_verified_at", "path", "is_health",
}  # fmt: skip


def canaries() -> dict[str, Any]:
    """Return a value for every private column of a comment that would be recognised anywhere."""
    made: dict[str, Any] = {}
    for field in VisitorComment._meta.concrete_fields:
        if field.name in PUBLIC:
            continue
        word = f"canary-{field.name.replace('_', '-')}"
        kind = field.get_internal_type()
        if kind == "JSONField":
            made[field.name] = {word: word}
        elif kind == "EmailField" or field.name == "author_email":
            made[field.name] = f"{word}@example.com"
        else:
            assert kind in {"CharField", "TextField"}, (
                f"Is {field.name} private? Name it, or give it a canary."
            )
            made[field.name] = word
    return made


class TestPrivateColumns:
    @pytest.fixture
    def comment(self, page, moderator, now):
        root = VisitorCommentFactory(page=page)
        reply = VisitorCommentFactory(page=page, parent=root)
        waiting = VisitorCommentFactory(
            page=page, status="PENDING", body="canary-waiting", author_name="canary-w"
        )
        VisitorComment.objects.filter(pk__in=(root.pk, reply.pk)).update(
            **{
                name: value
                for name, value in canaries().items()
                if name not in {"idempotency_key", "source_key"}
            }
        )
        for row in (root, reply, waiting):
            unique = {"idempotency_key": f"canary-key-{row.pk}", "source_key": f"canary-source-{row.pk}"}
            VisitorComment.objects.filter(pk=row.pk).update(author_user=moderator, reviewed_at=now, **unique)
            CommentReport.objects.create(
                comment=row,
                reporter_key="canary-reporter",
                reason="OTHER",
                note="canary-note",
                created_at=now,
            )
            CommentRevision.objects.create(comment=row, version=1, body="canary-revision", created_at=now)
            ModerationNote.objects.create(
                comment=row, author=moderator, body="canary-of-colleagues", created_at=now
            )
            ModerationEvent.objects.create(
                comment=row, verb="edit", to_status="APPROVED", actor_kind="HUMAN", actor=moderator,
                reason="canary-reason", data={"canary": "canary-data"}, created_at=now,
            )  # fmt: skip
        VisitorComment.objects.filter(pk=waiting.pk).update(is_health=True)
        question = HealthQuestion.objects.create(
            comment=waiting, choice="NAMED", consent_version="canary-consent", created_at=now, due_at=now,
            answered_at=now,
        )  # fmt: skip
        HealthAnswer.objects.create(
            question=question, body="canary-answer", signature={"name": "canary-signature"},
            disclaimer="canary-disclaimer", created_at=now,
        )  # fmt: skip
        return VisitorComment.objects.get(pk=root.pk)

    def test_cover_every_column(self):
        assert {"author_email", "author_key", "network_key", "data", "origin", "request_hash"} <= set(
            canaries()
        )

    def test_appear_in_no_public_answer_header_or_feed(self, client, page, comment):
        known = {"page_id": page.pk, "comment_id": comment.uuid}
        urls = [operation.url(**known) for operation in operations() if operation.method == "get"]
        urls = [f"{url}?page={page.pk}" if url.endswith("comment-counts/") else url for url in urls]
        urls += [f"{comments_url(page.pk)}?sort={sort}" for sort in ("newest", "oldest")]
        urls += [page.url, form_url(page.pk)]
        urls += [
            reverse(f"wagtail_massage_comments:{name}", args=[page.pk, *ids])
            for name, ids in {
                "reply": [comment.uuid],
                "replies": [comment.uuid],
                "permalink": [comment.uuid],
                "report": [comment.uuid],
                "thanks": [comment.uuid],
                "feed": [],
                "reported": [],
            }.items()
        ]
        good = 0
        for url in urls:
            answer = client.get(url)
            good += answer.status_code == 200
            seen = answer.content.decode() + json.dumps(dict(answer.headers))
            assert "canary" not in seen.lower(), url
            assert "mona" not in seen, url
        assert good > 12
        waiting = VisitorComment.objects.get(is_health=True)
        for url in (
            f"{API}health-questions/{waiting.uuid}/",
            reverse("wagtail_massage_comments:health", args=[waiting.uuid]),
        ):
            answer = client.get(url)
            assert answer.status_code == 404
            assert "canary" not in answer.content.decode()


class TestTotals:
    """Nothing public counts, orders by or filters on what the public cannot see."""

    def test_do_not_betray_hidden_rows(self, client, page):
        VisitorCommentFactory(page=page, body="Public.")
        urls = [comments_url(page.pk), f"{API}comment-counts/?page={page.pk}", form_url(page.pk)]
        urls.append(f"{API}pages/{page.pk}/comments/?sort=newest&limit=1")
        before = [client.get(url) for url in urls]
        for status in ("PENDING", "REJECTED", "SPAM", "REMOVED", "ERASED"):
            VisitorCommentFactory(page=page, status=status)
        after = [client.get(url) for url in urls]
        assert [answer.content for answer in before[:2]] == [answer.content for answer in after[:2]]
        assert before[3].content == after[3].content
        assert [answer.get("ETag") for answer in before] == [answer.get("ETag") for answer in after]

    @pytest.mark.parametrize(
        "query",
        [
            "status=PENDING",
            "author_email=wren@example.com",
            "ordering=author_email",
            "order=author_email",
            "sort=author_email",
            "sort=oldest;drop",
            "fields=*",
            "q=a",
            "limit=0",
            "limit=-1",
            "limit=1e9",
            "limit=100000",
            "cursor=x",
            "cursor=eyJhIjoxfQ",
            "cursor=%00",
            "author__user__password__startswith=a",
            "is_visible=false",
            "sort=oldest&sort=author_key",
        ],
    )
    def test_are_asked_for_with_known_parameters_only(self, client, page, query):
        VisitorCommentFactory(page=page)
        assert client.get(f"{comments_url(page.pk)}?{query}").status_code == 400


SECRETS = {
    "body": "Cormorant seven sings.",
    "name": "Quillon Zebedee",
    "e-mail": "quillon@cormorant.example",
    "address": "203.0.113.77",
    "note": "He lives at Larkspur Lane.",
    "edit": "Cormorant eight sings.",
}


class TestLogs:
    def test_of_a_whole_journey_hold_no_secret(
        self, client, page, moderator, caplog, settings, django_capture_on_commit_callbacks
    ):
        """C39, at DEBUG: a visitor writes, edits, confirms, is reported; a moderator decides; much is refused."""
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = [f"{__name__}.TalkativeCheck"]
        settings.WAGTAIL_MASSAGE_COMMENTS_EMAIL = "CONFIRMED"
        settings.DEBUG = False
        client.defaults["REMOTE_ADDR"] = SECRETS["address"]
        with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
            # The database's own log holds values by design; a site that turns it on has asked for them.
            caplog.set_level(logging.WARNING, logger="django.db.backends")
            secrets = self.travel(client, page, moderator)
        assert caplog.records
        for name, secret in (SECRETS | secrets).items():
            assert secret not in caplog.text, name

    def travel(self, client: Any, page: Any, moderator: Any) -> dict[str, str]:
        fields = {
            "author_name": SECRETS["name"],
            "author_email": SECRETS["e-mail"],
            "body": SECRETS["body"],
            "form_token": good_token(page),
        }
        key = {"HTTP_IDEMPOTENCY_KEY": "idem-cormorant"}
        post_json(client, comments_url(page.pk), fields | {"wants_mail": True}, **key)
        post_json(client, comments_url(page.pk), fields | {"status": "APPROVED"}, **key)
        post_json(client, comments_url(page.pk), fields | {"form_token": "wrong", "parent": "x"}, **key)
        client.post(comments_url(page.pk), SECRETS["body"], content_type="text/plain")
        client.post(form_url(page.pk), fields | {"author_email": f"{SECRETS['e-mail']} no"})
        client.post(form_url(10**9), fields)
        comment = VisitorComment.objects.get()
        receipt = make_receipt(comment)
        tokens = {
            "receipt": receipt,
            "confirm": confirm_token(comment),
            "unsubscribe": unsubscribe_token(comment),
        }
        own = f"{API}comments/{comment.uuid}/own/"
        authorization = {"HTTP_AUTHORIZATION": f"Receipt {receipt}"}
        edit = json.dumps({"body": SECRETS["edit"], "version": comment.version})
        client.patch(own, edit, content_type="application/json", **authorization)
        client.get(own, HTTP_AUTHORIZATION=f"Receipt {receipt}x")
        for name, token in tokens.items():
            for wrong in (token, f"{token}x", f"{token}/x"):
                path = f"/massage/comments/{name}/{wrong}/"
                client.get(path)
                client.put(path)
            client.post(f"/massage/comments/{name}/{token}/", {"body": "", "version": "9"})
            post_json(client, f"{API}comments/{name}/", {"token": f"{token}x"})
        comment.refresh_from_db()
        desk = client_of(moderator)
        desk.get(desk_url("lane", "all"))
        desk.post(desk_url("decide", comment.pk), decision(comment, "approve"))
        desk.post(desk_url("decide", comment.pk), decision(comment, "approve"))
        report = {"reason": "OTHER", "note": SECRETS["note"]}
        post_json(client, f"{API}comments/{comment.uuid}/reports/", report)
        client.post(f"/massage/comments/{page.pk}/report/{comment.uuid}/", report | {"reason": "?"})
        client.delete(own, **authorization)
        assert ModerationEvent.objects.filter(comment=comment).count() >= 3
        return tokens | {
            "form token": fields["form_token"],
            "idempotency key": "idem-cormorant",
            "session of the moderator": desk.cookies["sessionid"].value,
            "secret key": "only-for-the-tests",
        }


class TalkativeCheck(Check):
    """Breaks with the visitor's words in its mouth."""

    name = "talkative"

    def examine(self, candidate: Candidate) -> list[Any]:
        raise ValueError(f"cannot read {candidate.draft.body!r} by {candidate.draft.author_email}")


class TestTheAuditLog:
    """C38: one line for each act of a person, with nothing personal in it."""

    @pytest.mark.parametrize(
        ("status", "verb"),
        [
            ("PENDING", "approve"),
            ("PENDING", "reject"),
            ("PENDING", "mark_spam"),
            ("PENDING", "remove"),
            ("APPROVED", "hide"),
            ("APPROVED", "mark_spam"),
            ("APPROVED", "remove"),
            ("REJECTED", "restore"),
            ("SPAM", "restore"),
            ("REMOVED", "restore"),
        ],
    )
    def test_has_one_line_for_each_decision(self, page, moderator, status, verb):
        comment = VisitorCommentFactory(
            page=page,
            status=status,
            body=SECRETS["body"],
            author_name=SECRETS["name"],
            author_email=SECRETS["e-mail"],
        )
        ModelLogEntry.objects.all().delete()
        events = ModerationEvent.objects.filter(comment=comment).count()
        getattr(actions, verb)(comment, by=moderator, now=timezone.now() + timedelta(seconds=1))
        entry = ModelLogEntry.objects.get()
        assert (entry.user, entry.action) == (moderator, f"wagtail_massage_comments.{verb}")
        assert (entry.data["from"], entry.data["to"]) == (status, VisitorComment.objects.get().status)
        assert ModerationEvent.objects.filter(comment=comment).count() == events + 1
        kept = f"{entry.label} {entry.data} {ModerationEvent.objects.latest('pk').data}"
        assert not [name for name, secret in SECRETS.items() if secret in kept]
