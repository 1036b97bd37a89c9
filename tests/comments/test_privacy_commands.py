"""The commands behind a privacy request: export, erase, and erase again after a restore."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from wagtail_massage.comments import actions
from wagtail_massage.comments.drafts import Author, Origin
from wagtail_massage.comments.models import ModerationEvent, VisitorComment
from wagtail_massage.comments.states import AuthorKind, ReportReason, Status

EMAIL = "wren@example.com"


def run(command: str, *args: str) -> str:
    out = StringIO()
    call_command(command, *args, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def told(say: Any, publish: Any, now: Any) -> Any:
    """A report by somebody with an account, who has written a comment too."""
    author = Author(kind=AuthorKind.EXTERNAL, identity="77", name="Wren Abbott", email=EMAIL)
    origin = Origin(address="192.0.2.9", author=author)
    say(origin=origin)
    return actions.report(
        publish(), reason=ReportReason.OTHER, origin=origin, now=now, note="She is my neighbour."
    )


@pytest.fixture
def comment(say: Any) -> VisitorComment:
    say("Somebody else's")
    return say("Mine alone", author_name="Wren Abbott", author_email=EMAIL)


class TestExportPersonalData:
    @pytest.mark.parametrize("by", ["email", "name", "uuid"])
    def test_prints_what_each_selector_finds(self, by: str, comment: VisitorComment) -> None:
        value = {"email": EMAIL.upper(), "name": "abbott", "uuid": f"https://x/#{comment.uuid}"}[by]
        (exported,) = json.loads(run("export_personal_data", f"--{by}", value))["comments"]
        assert exported["text"] == "Mine alone"

    def test_holds_what_the_person_has_reported(self, told: Any) -> None:
        (report,) = json.loads(run("export_personal_data", "--email", EMAIL))["reports_made"]
        assert report["comment"] == str(told.comment.uuid)
        assert (report["reason"], report["note"]) == ("OTHER", "She is my neighbour.")

    def test_knows_users_by_the_name_they_sign_in_with(self, comment: VisitorComment) -> None:
        user = get_user_model().objects.create_user("wren")
        VisitorComment.objects.filter(pk=comment.pk).update(author_user=user)
        assert len(json.loads(run("export_personal_data", "--user", "wren"))["comments"]) == 1
        with pytest.raises(CommandError, match="There is no user “robin”"):
            run("export_personal_data", "--user", "robin")

    def test_writes_a_file_for_one_pair_of_eyes_and_overwrites_none(
        self, comment: VisitorComment, tmp_path: Path
    ) -> None:
        path = tmp_path / "wren.json"
        run("export_personal_data", "--email", EMAIL, "--out", str(path))
        assert json.loads(path.read_text())["comments"][0]["author"]["email"] == EMAIL
        assert path.stat().st_mode & 0o777 == 0o600
        with pytest.raises(CommandError, match=r"is there already\. Move it away"):
            run("export_personal_data", "--email", EMAIL, "--out", str(path))
        with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
            run("export_personal_data", "--email", EMAIL, "--out", str(tmp_path / "no" / "such.json"))

    def test_says_when_nobody_was_named(self, db: None) -> None:
        with pytest.raises(CommandError, match="Say whose comments"):
            run("export_personal_data")
        with pytest.raises(CommandError, match="“wren” is not an e-mail address"):
            run("export_personal_data", "--email", "wren")


class TestErasePersonalData:
    def test_changes_nothing_without_yes(self, comment: VisitorComment) -> None:
        out = run("erase_personal_data", "--email", EMAIL)
        assert str(comment.uuid) in out
        assert "1 comments would be erased for good. Nothing was changed. Add --yes" in out
        assert VisitorComment.objects.get(pk=comment.pk).author_email == EMAIL

    def test_prints_a_receipt(self, comment: VisitorComment) -> None:
        out = run("erase_personal_data", "--email", EMAIL, "--yes")
        event = ModerationEvent.objects.get(verb="erase")
        assert f"Receipt {event.reason}" in out
        assert str(comment.uuid) in out
        assert "What this website cannot reach" in out
        assert (event.actor_kind, event.actor) == ("TASK", None)
        assert "Nothing is stored that matches" in run("erase_personal_data", "--email", EMAIL, "--yes")

    def test_takes_the_words_of_reports_along(
        self, told: Any, comment: VisitorComment, tmp_path: Path, settings: Any
    ) -> None:
        ledger = settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER = str(tmp_path / "ledger")
        own = VisitorComment.objects.get(author_kind="EXTERNAL")
        Path(ledger).write_text(json.dumps({"uuid": str(own.uuid)}) + "\n")
        run("erase_personal_data", "--again", ledger, "--yes")
        told.refresh_from_db()
        assert (told.note, told.reason) == ("", "OTHER")

    def test_erases_again_what_a_ledger_names(self, comment: VisitorComment, tmp_path: Path) -> None:
        ledger = tmp_path / "erased.jsonl"
        gone = "0b1e0000-0000-4000-8000-000000000000"
        ledger.write_text("".join(json.dumps({"uuid": str(u)}) + "\n" for u in (comment.uuid, gone)))
        assert "2 comments; 1 are there again. Nothing was changed." in run(
            "erase_personal_data", "--again", str(ledger)
        )
        assert VisitorComment.objects.get(pk=comment.pk).body
        run("erase_personal_data", "--again", str(ledger), "--yes")
        assert VisitorComment.objects.get(pk=comment.pk).status == Status.ERASED
        assert VisitorComment.objects.filter(status=Status.ERASED).count() == 1

    @pytest.mark.parametrize("line", ["not json", "[]", '{"uuid": "x"}', '{"id": 1}', "17", '{"uuid": 5}'])
    def test_names_the_line_of_a_ledger_that_is_none(
        self, line: str, comment: VisitorComment, tmp_path: Path
    ) -> None:
        ledger = tmp_path / "erased.jsonl"
        ledger.write_text(json.dumps({"uuid": str(comment.uuid)}) + f"\n{line}\n")
        with pytest.raises(CommandError, match=r"Line 2 of .* is not a line of an erasure ledger"):
            run("erase_personal_data", "--again", str(ledger), "--yes")
        assert VisitorComment.objects.get(pk=comment.pk).status == Status.PENDING

    def test_chooses_nothing_besides_a_ledger(self, db: None) -> None:
        with pytest.raises(CommandError, match="--again erases what the ledger names"):
            run("erase_personal_data", "--again", "ledger", "--email", EMAIL)

    def test_names_a_ledger_that_is_not_there(self, db: None, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=r"cannot be read: .*No such file"):
            run("erase_personal_data", "--again", str(tmp_path / "none.jsonl"))
