"""What all commands have in common: how they end, and what they say on the way."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.db import connections

from tests.importers.exports import comment as exported
from tests.importers.exports import item, wxr
from wagtail_massage import commands
from wagtail_massage.comments import erasure_ledger
from wagtail_massage.comments.models import VisitorComment

EMAIL = "wren@example.com"
IMPORTERS, COMMENTS = "wagtail_massage.importers", "wagtail_massage.comments"
OTHERS = ("wagtail_massage.treatments", "wagtail_massage.webhooks")


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch, capfd: Any) -> Callable[..., tuple[Any, str]]:
    """Return a function that runs a command as `| head` leaves it, with nobody at the other end of the pipe, and
    returns its exit code and what it said on standard error."""
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test still needs them

    def run(app: str, name: str, *options: str) -> tuple[Any, str]:
        reading, writing = os.pipe()
        os.close(reading)
        with monkeypatch.context() as patch, os.fdopen(writing, "w") as out:
            patch.setattr("sys.stdout", out)
            with pytest.raises(SystemExit) as ended:
                load_command_class(app, name).run_from_argv(["manage.py", name, *options])
        return ended.value.code, capfd.readouterr().err

    return run


class TestOutputThatNobodyReads:
    @pytest.mark.parametrize(
        ("app", "command"),
        [
            (IMPORTERS, "export_comments"),
            (IMPORTERS, "export_comments --format json"),
            (COMMENTS, "export_personal_data --name wren"),
            (COMMENTS, "erase_personal_data --name wren"),
            (COMMENTS, "back_test_screening --suspect stones --json"),
            (COMMENTS, "purge_comments"),
            (COMMENTS, "rebuild_comment_stats"),
            (COMMENTS, "screen_waiting_comments"),
            (COMMENTS, "send_comment_mails"),
            (OTHERS[0], "load_contraindications"),
            (OTHERS[1], "purge_webhooks"),
            (OTHERS[1], "massage_webhook"),
            (OTHERS[1], "deliver_webhooks"),
        ],
    )
    def test_ends_each_command_without_a_word(
        self, app: str, command: str, publish: Any, unread: Any
    ) -> None:
        publish()
        assert unread(app, *command.split()) == (141, "")

    def test_ends_the_doctor_too_who_may_have_found_something(self, db: None, unread: Any) -> None:
        code, said = unread(COMMENTS, "comments_doctor")
        assert code == 141 and not re.sub(r"CommandError: \d+ findings are WRONG\.\n", "", said)

    def test_ends_one_that_has_written_more_than_is_kept_before_it_is_sent(
        self, publish: Any, unread: Any
    ) -> None:
        for number in range(3):
            publish(f"{number} {'stones ' * 700}")
        assert unread(IMPORTERS, "export_comments") == (141, "")

    def test_lets_go_of_what_was_read_before_the_connection_is_closed(
        self, db: None, unread: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = []

        def lines(*args: Any) -> Iterator[str]:
            try:
                while True:
                    yield "stones " * 1000
            finally:
                done.append("let go")

        monkeypatch.setattr("wagtail_massage.importers.thread_export.wxr_lines", lines)
        monkeypatch.setattr(connections, "close_all", lambda: done.append("closed"))
        assert unread(IMPORTERS, "export_comments") == (141, "")
        assert done == ["let go", "closed"]


class TestInterruption:
    def test_is_told_in_a_sentence_with_its_own_exit_code(
        self, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(*args: Any, **options: Any) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("wagtail_massage.comments.stats.walk", interrupt)
        with pytest.raises(CommandError, match=r"^Stopped\. What was finished stays") as stopped:
            call_command("rebuild_comment_stats")
        assert stopped.value.returncode == 130


class TestProgress:
    @pytest.fixture
    def said(
        self,
        monkeypatch: pytest.MonkeyPatch,
        settings: Any,
        publish: Any,
        tmp_path: Path,
        page: Any,
        now: Any,
    ) -> Any:
        """Return a function that runs a command on three comments, two in a batch, and returns what it said of it."""
        for module in ("actions.erasing", "privacy.export", "privacy.receipt", "actions.importing"):
            monkeypatch.setattr(f"wagtail_massage.comments.{module}.BATCH", 2)
        monkeypatch.setattr("wagtail_massage.comments.management.commands.erase_personal_data.BATCH", 2)
        monkeypatch.setattr("wagtail_massage.comments.stats.BATCH", 1)
        monkeypatch.setattr(commands, "EVERY", 0)
        uuids = [publish(f"{number}", author_name="Wren", author_email=EMAIL).uuid for number in range(3)]
        settings.WAGTAIL_MASSAGE_COMMENTS_ERASURE_LEDGER = ledger = tmp_path / "ledger"
        erasure_ledger.append(uuids, now=now)
        old = tmp_path / "old.xml"
        old.write_text(wxr(item(*(exported(number) for number in range(1, 4)), slug=page.slug)))
        files = {"LEDGER": str(ledger), "OLD": str(old)}

        def said(command: str, *more: str) -> list[str]:
            err = io.StringIO()
            words = [files.get(word, word) for word in command.split()]
            call_command(*words, *more, stdout=io.StringIO(), stderr=err)
            return err.getvalue().splitlines()

        return said

    @pytest.mark.parametrize(
        "command",
        [
            "import_comments OLD",
            "export_personal_data --email wren@example.com",
            "erase_personal_data --email wren@example.com --yes",
            "erase_personal_data --again LEDGER --yes",
        ],
    )
    def test_is_told_batch_by_batch(self, said: Any, command: str) -> None:
        assert said(command) == ["2 of 3 comments", "3 of 3 comments"]

    def test_counts_threads_where_these_are_the_work(self, said: Any) -> None:
        assert said("rebuild_comment_stats") == ["1 of 1 threads"]

    def test_of_a_purge_says_what_was_done(self, said: Any) -> None:
        VisitorComment.objects.update(created_at="2020-01-01T00:00Z", network_key="digest")
        assert said("purge_comments --yes") == ["3\tdigests of networks forgotten"]

    def test_is_left_out_where_nobody_wants_it(self, said: Any) -> None:
        assert said("export_personal_data --email wren@example.com", "--verbosity", "0") == []

    def test_is_told_now_and_then_only(self, said: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(commands, "EVERY", 3600)
        assert said("export_personal_data --email wren@example.com") == []
