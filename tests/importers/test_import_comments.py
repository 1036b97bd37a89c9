"""`import_comments`, as somebody at a keyboard uses it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.purging import PURGED
from wagtail_massage.comments import actions, stats
from wagtail_massage.comments.models import CommentMail, CommentThread, ModerationEvent, VisitorComment
from wagtail_massage.importers import thread_writing

from .exports import SITE, comment, disqus, item, post, wxr
from .running import ImportComments

QUESTION = "I had a bypass last month and my leg is swollen. Can I have a massage?"


@pytest.fixture
def stones(spa):
    """A page for the post of `exports.item`."""
    return spa.article(title="Warm stones", slug="warm-stones")


@pytest.fixture
def bring(write):
    """Return a function that imports a text, approving what was approved there unless told otherwise."""

    def bring(content, *options):
        return ImportComments(write(content, "old.xml"), *(options or ("--comments", "approved")))

    return bring


def states():
    return {row.body: row.status for row in VisitorComment.objects.all()}


def shape():
    """What an import leaves, without what chance or the clock put there."""
    rows = VisitorComment.objects.order_by("source_key").select_related("parent", "root", "in_reply_to")
    return [
        (
            row.source_key,
            row.page_id,
            row.path[:11],
            row.depth,
            row.status,
            row.is_visible,
            row.reply_count,
            row.created_at,
            row.author_name,
            row.author_email,
            row.body,
            row.parent and row.parent.source_key,
            row.root and row.root.source_key,
            row.in_reply_to and row.in_reply_to.source_key,
        )
        for row in rows
    ]


def is_true():
    """Whether all counts are what they must be, and every comment has one event."""
    assert not [drift for _count, drifts in stats.walk(repair=False) for drift in drifts]
    assert ModerationEvent.objects.count() == VisitorComment.objects.count()
    return True


class TestImport:
    def test_brings_a_thread_to_its_page(self, stones, bring):
        run = bring(wxr(item(comment(1, text="One"), comment(2, 1, text="Two"))))
        assert not run.error and "Stored: 2." in run.out
        first, second = VisitorComment.objects.order_by("path")
        assert (first.body, second.body, second.parent) == ("One", "Two", first)
        assert (first.page_id, first.status, first.is_visible, first.reply_count) == (
            stones.pk,
            "APPROVED",
            True,
            1,
        )
        assert first.created_at == datetime(2023, 8, 16, 12, 18, tzinfo=UTC)
        assert is_true()

    def test_lets_a_moderator_read_first_unless_told_otherwise(self, stones, bring):
        bring(wxr(item(comment(1))), "--section", stones.pk)
        assert VisitorComment.objects.get().status == "PENDING"

    def test_keeps_the_states_that_were_decided_there(self, stones, bring):
        kinds = {"a": "1", "b": "0", "c": "spam", "d": "trash", "e": "post-trashed"}
        comments = [
            comment(own, text=text, comment_approved=raw) for own, (text, raw) in enumerate(kinds.items(), 1)
        ]
        run = bring(wxr(item(*comments)))
        assert states() == {"a": "APPROVED", "b": "PENDING", "c": "SPAM", "d": "REMOVED", "e": "REMOVED"}
        assert "1 waiting for a moderator" in run.out and "2 removed" in run.out
        assert is_true()

    @pytest.mark.parametrize(
        "hidden",
        [{"status": "private"}, {"status": "draft"}, {"status": "publish", "post_password": "secret"}],
    )
    def test_lets_wait_what_not_everybody_could_read_there(self, stones, bring, hidden):
        run = bring(wxr(item(comment(1), **hidden)))
        assert VisitorComment.objects.get().status == "PENDING"
        assert "1 approved there on posts that were not public: waiting here" in run.out

    def test_holds_a_health_question_whatever_was_decided_there(self, stones, bring):
        run = bring(wxr(item(comment(1, text=QUESTION), comment(2, 1, text="Ask your doctor, please."))))
        question = VisitorComment.objects.get(body=QUESTION)
        assert (question.status, question.is_health, question.is_visible) == ("PENDING", True, False)
        assert not VisitorComment.objects.filter(is_visible=True).exists()
        assert "1 waiting, set apart as personal health questions" in run.out
        assert is_true()

    def test_keeps_addresses_private_and_network_addresses_nowhere(self, stones, bring, client):
        bring(wxr(item(comment(1))))
        row = VisitorComment.objects.get()
        assert (row.author_email, row.email_verified_at, row.wants_mail) == ("wren@example.com", None, False)
        assert (row.network_key, row.origin) == ("", {})
        said = client.get(f"/api/massage/v1/pages/{stones.pk}/comments/").content.decode()
        assert "Warm towels." in said and "wren@example.com" not in said

    def test_leaves_out_addresses_when_told_to(self, stones, bring):
        bring(wxr(item(comment(1))), "--no-emails")
        assert VisitorComment.objects.get().author_email == ""

    def test_tells_nobody(self, stones, bring):
        bring(wxr(item(comment(1), comment(2, comment_approved=0))))
        assert not CommentMail.objects.exists()

    def test_counts_what_it_leaves_out(self, stones, bring):
        run = bring(
            wxr(
                item(
                    comment(1, comment_type="pingback"),
                    comment(2, 1, text="To a ping"),
                    comment(3, comment_type="order_note"),
                    comment(4, text=" "),
                    comment(5, 4, text="To nothing"),
                    comment(6, 99, text="Orphan"),
                    comment(7, text="x" * 6000),
                )
            )
        )
        assert set(states()) == {"To a ping", "To nothing", "Orphan"}
        assert set(VisitorComment.objects.values_list("depth", flat=True)) == {1}
        for line in (
            "1 left out: pingbacks and trackbacks",
            "1 left out: other kinds",
            "2 not to be stored:",
            "Wren A. (Warm stones): Please write something.",
            "6000 characters",
            "1 answers to what the file does not have",
        ):
            assert line in run.out

    def test_keeps_an_answer_under_what_was_deleted(self, stones, bring, client):
        bring(wxr(item(comment(1, comment_approved="trash", text="Gone"), comment(2, 1, text="Answer"))))
        said = client.get(f"/api/massage/v1/pages/{stones.pk}/comments/").content.decode()
        assert "Answer" in said and "Gone" not in said

    def test_lifts_an_answer_to_spam_so_that_it_can_be_read(self, stones, bring):
        bring(wxr(item(comment(1, comment_approved="spam", text="Buy"), comment(2, 1, text="Answer"))))
        assert VisitorComment.objects.get(is_visible=True).body == "Answer"

    def test_makes_plain_text_of_html(self, stones, bring):
        bring(wxr(item(comment(1, text="<p>One &amp; <b>two</b></p><script>x()</script>"))))
        assert VisitorComment.objects.get().body == "One & two"

    @pytest.mark.parametrize(
        ("author", "name"),
        [("", "Anonymous"), ("Tom &amp;amp; Ann", "Tom & Ann"), ("n" * 90, "n" * 79 + "…"), ("\u202eX", "X")],
    )
    def test_makes_a_name_that_can_be_shown(self, stones, bring, author, name):
        text = wxr(item(comment(1))).replace("Wren A.", author)
        bring(text)
        assert VisitorComment.objects.get().author_name == name

    def test_takes_the_date_of_the_post_for_a_missing_one(self, stones, bring):
        zero = "0000-00-00 00:00:00"
        run = bring(wxr(item(comment(1, at=zero, text="One"), comment(2, at=zero, text="Two"))))
        assert list(VisitorComment.objects.order_by("path").values_list("body", flat=True)) == ["One", "Two"]
        assert VisitorComment.objects.first().created_at.date().isoformat() == "2023-08-01"
        assert "2 without a possible date" in run.out

    def test_keeps_the_order_within_a_second(self, stones, bring):
        bring(wxr(item(*(comment(own, text=f"{own:02}") for own in range(40, 0, -1)))))
        bodies = list(VisitorComment.objects.order_by("path").values_list("body", flat=True))
        assert bodies == sorted(bodies, reverse=True)

    def test_reads_disqus_too(self, stones, bring):
        run = bring(disqus(post(11), post(12, 11, text="<p>Me<br>too</p>"), post(13, isSpam=True)))
        assert "Stored: 3." in run.out
        assert VisitorComment.objects.get(body="Me\ntoo").parent.source_key == "disqus:1:11"

    def test_goes_as_deep_as_threads_go(self, stones, bring, monkeypatch):
        bring(wxr(item(*(comment(own, own - 1, text=f"{own:04}") for own in range(1, 601)))))
        rows = VisitorComment.objects.select_related("in_reply_to").order_by("source_key")
        assert rows.count() == 600 and {row.depth for row in rows} == set(range(1, 9))
        answers = {row.body: row.in_reply_to.body for row in rows if row.in_reply_to}
        assert answers == {f"{own:04}": f"{own - 1:04}" for own in range(2, 601)}
        assert VisitorComment.objects.filter(is_visible=True).count() == 600
        bodies = list(VisitorComment.objects.order_by("path").values_list("body", flat=True))
        assert bodies == sorted(bodies)
        assert is_true()


class TestAgain:
    def test_stores_nothing_twice(self, stones, bring):
        text = wxr(item(comment(1), comment(2, 1)))
        bring(text)
        before = shape()
        run = bring(text)
        assert shape() == before and "2 stored before and left alone" in run.out

    def test_adds_what_is_new(self, stones, bring):
        bring(wxr(item(comment(1), comment(2, 1))))
        bring(wxr(item(comment(1), comment(2, 1), comment(3, 2, text="New"))))
        assert VisitorComment.objects.get(body="New").depth == 3
        assert is_true()

    def test_does_not_bring_back_what_was_erased(self, stones, bring):
        text = wxr(item(comment(1), comment(2, 1, text="Answer")))
        bring(text)
        erased = actions.erase(VisitorComment.objects.get(depth=1), by=None, now=datetime.now(UTC))
        bring(text)
        assert VisitorComment.objects.count() == 2
        assert VisitorComment.objects.get(pk=erased.pk).body == ""

    def test_mixes_no_threads_when_the_page_was_another(self, spa, stones, bring):
        other = spa.article(title="Other", slug="other")
        bring(wxr(item(comment(1))), "--map", f"7={other.pk}")
        bring(wxr(item(comment(1), comment(2, 1, text="New"))))
        new = VisitorComment.objects.get(body="New")
        assert (new.page_id, new.depth, new.parent) == (stones.pk, 1, None)

    @pytest.mark.parametrize("broken_at", range(1, 11))
    def test_finishes_what_was_broken_off(self, stones, bring, monkeypatch, broken_at):
        comments = [comment(own, own // 3, text=f"{own}") for own in range(1, 41)]
        text = wxr(item(*reversed(comments)), item(*comments, own=8, slug="feet"))
        options = ("--comments", "approved", "--map", f"8={stones.pk}")
        monkeypatch.setattr(actions.importing, "BATCH", 7)
        bring(text, *options)
        clean = shape()
        VisitorComment.objects.update(parent=None, root=None)
        ModerationEvent.objects.all()._raw_delete("default")
        CommentThread.objects.update(visible_count=0, approved_count=0)
        VisitorComment.objects.all()._raw_delete("default")

        left = broken_at

        def fail(*args, **values):
            nonlocal left
            left -= 1
            if not left:
                raise KeyboardInterrupt
            return settle(*args, **values)

        settle = actions.importing._settle
        monkeypatch.setattr(actions.importing, "_settle", fail)
        run = bring(text, *options)
        assert "Stopped." in run.error and VisitorComment.objects.count() < len(clean)
        monkeypatch.setattr(actions.importing, "_settle", settle)
        bring(text, *options)
        assert shape() == clean
        assert is_true()


class TestCaches:
    @pytest.fixture
    def forgotten(self, bring, purged):
        """Return a function that imports a text and counts how often each address was purged."""

        def forgotten(content):
            purged(lambda: bring(content))
            return Counter(url.removeprefix("http://localhost") for url in PURGED)

        return forgotten

    def test_forget_each_page_once_for_all_that_came_to_it(self, spa, stones, forgotten):
        feet, hands = (spa.article(title=slug, slug=slug) for slug in ("feet", "hands"))
        urls = forgotten(
            wxr(
                item(*(comment(own, text=f"{own}") for own in range(1, 900))),
                item(comment(901), own=8, slug="feet"),
                item(comment(902, comment_approved=0), own=9, slug="hands"),
            )
        )
        assert set(urls.values()) == {1}
        assert urls.keys() >= {
            "/journal/warm-stones/",
            "/journal/feet/",
            f"/api/massage/v1/pages/{stones.pk}/comments/",
            f"/api/massage/v1/pages/{feet.pk}/comments/",
            f"/massage/comments/{feet.pk}/",
        }
        assert not [url for url in urls if "hands" in url or str(hands.pk) in url.split("/")]

    def test_forget_what_has_a_new_answer_and_nothing_a_second_time(self, stones, forgotten):
        forgotten(wxr(item(comment(1), comment(2))))
        answered, other = VisitorComment.objects.order_by("source_key").values_list("uuid", flat=True)
        text = wxr(item(comment(1), comment(2), comment(3, 1, text="New")))
        urls = forgotten(text)
        assert urls[f"/api/massage/v1/comments/{answered}/replies/"] == 1
        assert not [url for url in urls if str(other) in url]
        assert not forgotten(text)

    def test_forget_what_an_import_had_stored_before_it_was_broken_off(self, stones, forgotten, monkeypatch):
        def stop(*args, **values):
            if VisitorComment.objects.count() > 2:
                raise KeyboardInterrupt
            return settle(*args, **values)

        settle = actions.importing._settle
        monkeypatch.setattr(actions.importing, "_settle", stop)
        monkeypatch.setattr(actions.importing, "BATCH", 2)
        assert forgotten(wxr(item(*(comment(own) for own in range(1, 9)))))["/journal/warm-stones/"] == 1

    def test_that_compare_versions_see_a_new_one(self, stones, bring, client):
        def etag():
            return client.get(f"/api/massage/v1/pages/{stones.pk}/comments/").headers["ETag"]

        bring(wxr(item(comment(1))))
        first = etag()
        bring(wxr(item(comment(1), comment(2))))
        assert etag() != first


class TestPlan:
    def test_writes_nothing(self, stones, bring):
        run = bring(wxr(item(comment(1))), "--plan")
        assert not VisitorComment.objects.exists() and not CommentThread.objects.exists()
        assert (
            f"Warm stones: 1 comment → {stones.pk} Warm stones (/journal/warm-stones/), by its slug"
            in run.out
        )
        assert "Nothing was written." in run.out

    def test_lists_what_has_no_page(self, stones, bring):
        run = bring(wxr(item(comment(1)), item(comment(2), own=8, slug="feet", title="Feet")), "--plan")
        assert f"Feet: 1 comment ({SITE}/2023/08/feet/)" in run.out
        assert "1 left out, for their posts have no page" in run.out

    def test_says_what_a_post_could_be(self, spa, stones, bring):
        twin = spa.article(title="Twin", slug="warm-stones", parent=spa.treatments)
        run = bring(wxr(item(comment(1))), "--plan")
        assert (
            f"{twin.pk} Twin (/treatments/warm-stones/)" in run.out and "it could be any of these" in run.out
        )

    def test_names_what_is_mapped_and_not_there(self, stones, bring):
        run = bring(wxr(item(comment(1))), "--plan", "--map", f"/feat/={stones.pk}")
        assert "The file has no post /feat" in run.out


class TestMatching:
    @pytest.fixture
    def page_of(self, bring):
        def page_of(text, *options):
            run = bring(text, "--comments", "approved", *options)
            row = VisitorComment.objects.first()
            return row.page_id if row else run.error

        return page_of

    def test_is_by_address_before_slug(self, spa, stones, page_of):
        spa.article(title="Twin", slug="warm-stones", parent=spa.treatments)
        text = wxr(item(comment(1), url="http://old.example/journal/warm-stones"))
        assert page_of(text) == stones.pk

    def test_is_by_redirect(self, spa, stones, page_of):
        Redirect.add_redirect("/?p=12", stones)
        assert page_of(wxr(item(comment(1), url="https://old.example/?p=12", slug="x"))) == stones.pk

    def test_takes_no_address_with_a_number_for_the_front_page(self, stones, page_of):
        assert "No post belongs" in page_of(wxr(item(comment(1), url="https://old.example/?p=12", slug="")))

    def test_is_by_the_last_part_of_an_old_address(self, stones, page_of):
        assert page_of(disqus(post(1))) == stones.pk

    @pytest.mark.parametrize(
        "old",
        ["7", "feet", "/blog/2023/08/feet/", f"{SITE}/2023/08/feet", "http://x.example/blog/2023/08/feet"],
    )
    @pytest.mark.parametrize("by", ["pk", "path"])
    def test_is_as_it_was_named(self, stones, page_of, old, by):
        page = stones.pk if by == "pk" else "/journal/warm-stones/"
        assert page_of(wxr(item(comment(1), slug="feet")), "--map", f"{old}={page}") == stones.pk

    def test_is_read_from_a_file(self, stones, page_of, write):
        listed = write(f"# old addresses\n\n/blog/?p=5={stones.pk}\n", "map.txt")
        text = wxr(item(comment(1), url="https://old.example/blog/?p=5", slug="x"))
        assert page_of(text, "--map-file", listed) == stones.pk

    def test_stays_within_a_section(self, spa, stones, page_of):
        assert "No post belongs" in page_of(wxr(item(comment(1))), "--section", spa.treatments.pk)

    def test_gives_an_alias_the_thread_of_its_source(self, spa, stones, page_of):
        alias = Page.objects.get(pk=stones.pk).create_alias(parent=spa.home, update_slug="stones")
        assert page_of(wxr(item(comment(1), slug="x")), "--map", f"7={alias.pk}") == stones.pk


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--map", "7"], "7 is not OLD=PAGE"),
            (["--map", "7=99999"], "99999 is no page that takes comments"),
            (["--map", "7=/nowhere/"], "/nowhere/ is no page that takes comments"),
            (["--section", "99999"], "There is no page 99999"),
            (["--map-file", "missing.txt"], "missing.txt does not exist"),
        ],
    )
    def test_name_the_option(self, stones, bring, options, said):
        assert said in bring(wxr(item(comment(1))), *options).error

    def test_name_the_line_and_store_nothing(self, stones, bring):
        text = wxr(item(comment(1)), item(comment(2), own=8))
        run = bring(text[: text.rindex("</wp:comment>")])
        assert "old.xml, line 5: " in run.error and not VisitorComment.objects.exists()

    def test_name_a_file_that_is_not_there(self, db):
        assert "does not exist" in ImportComments("missing.xml").error

    def test_come_before_anything_is_written(self, stones, bring, monkeypatch):
        monkeypatch.setattr(thread_writing, "import_comments", None)
        assert bring("<feed/>").error
