"""Files of WordPress and Disqus as the readers understand them, and what they refuse."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import UTC, datetime
from io import BytesIO

import pytest

from wagtail_massage.importers import xml_stream
from wagtail_massage.importers.comment_exports import CommentExport
from wagtail_massage.importers.found_threads import arrange
from wagtail_massage.importers.source import UnreadableSource

from .exports import comment, disqus, item, post, wxr


def read(content):
    data = content if isinstance(content, bytes) else content.encode()
    return list(CommentExport(BytesIO(data), name="old.xml").threads())


def refusal(content):
    with pytest.raises(UnreadableSource) as raised:
        read(content)
    return str(raised.value)


def order(*comments, is_kept=lambda comment: True):
    [thread] = read(wxr(item(*comments)))
    arranged = arrange(thread.comments, is_kept=is_kept)
    return [(found.id, parent) for found, parent in arranged.comments], arranged


class TestWordPressExport:
    def test_has_a_thread_for_each_item(self):
        found = read(wxr(item(comment(1), comment(2, 1)), item(own=8, slug="feet", kind="page")))
        assert [(thread.id, thread.kind, thread.slug, len(thread.comments)) for thread in found] == [
            ("7", "post", "warm-stones", 2),
            ("8", "page", "feet", 0),
        ]
        assert found[0].source == "wxr:old.example/blog"
        assert found[0].url == "https://old.example/blog/2023/08/warm-stones/"

    def test_has_comments_as_they_stood(self):
        [thread] = read(wxr(item(comment(1, text="A &amp; B"))))
        [found] = thread.comments
        assert (found.author, found.email, found.html) == ("Wren A.", "wren@example.com", "A &amp; B")
        assert found.written_at == datetime(2023, 8, 16, 12, 18, tzinfo=UTC)
        assert "192.0.2.7" not in repr(thread)

    @pytest.mark.parametrize(
        ("raw", "status"),
        [
            ("1", "APPROVED"),
            ("0", "PENDING"),
            ("", "PENDING"),
            ("hold", "PENDING"),
            ("spam", "SPAM"),
            ("trash", "TRASH"),
            ("post-trashed", "TRASH"),
        ],
    )
    def test_knows_the_states(self, raw, status):
        [thread] = read(wxr(item(comment(1, comment_approved=raw))))
        assert thread.comments[0].status == status

    def test_takes_the_local_date_where_there_is_no_other(self):
        [thread] = read(wxr(item(comment(1, at="0000-00-00 00:00:00", local="2023-08-16 14:18:00"))))
        assert thread.comments[0].written_at == datetime(2023, 8, 16, 14, 18)

    def test_says_nothing_of_an_impossible_date(self):
        [thread] = read(wxr(item(comment(1, at="2023-02-31 12:00:00", local="0000-00-00 00:00:00"))))
        assert thread.comments[0].written_at is None
        assert thread.published_at == datetime(2023, 8, 1, 10, tzinfo=UTC)

    @pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3"])
    def test_is_read_in_every_version(self, version):
        [thread] = read(wxr(item(comment(1)), version=version))
        assert thread.comments[0].id == "1"


class TestDisqusExport:
    def test_has_comments_by_thread(self):
        found = read(disqus(post(11), post(12, thread=2), post(13, 11), threads=(1, 2)))
        assert [(thread.id, [own.id for own in thread.comments]) for thread in found] == [
            ("1", ["11", "13"]),
            ("2", ["12"]),
        ]
        assert found[0].comments[1].parent_id == "11"
        assert (found[0].source, found[0].title, found[0].slug) == ("disqus", "Thread 1", "old-1")

    def test_has_a_thread_for_comments_whose_own_is_missing(self):
        found = read(disqus(post(11, thread=99)))
        assert [(thread.id, thread.url, len(thread.comments)) for thread in found][1] == ("99", "", 1)

    def test_knows_the_states(self):
        posts = [
            post(1),
            post(2, isSpam=True, isDeleted=False),
            post(3, isDeleted=True, isSpam=False),
            post(4, isApproved=False),
        ]
        states = [own.status for own in read(disqus(*posts))[0].comments]
        assert states == ["APPROVED", "SPAM", "TRASH", "PENDING"]


class TestFile:
    def test_may_hold_control_characters_which_are_counted(self):
        export = CommentExport(BytesIO(wxr(item(comment(1, text="A\x08B\x0c"))).encode()), name="old.xml")
        assert [thread.comments[0].html for thread in export.threads()] == ["AB"]
        assert export.control_characters == 2

    def test_may_begin_with_a_mark_and_blank_lines(self):
        assert read(b"\xef\xbb\xbf\n\n  " + wxr(item(comment(1))).encode())

    def test_may_be_utf_16(self):
        text = wxr(item(comment(1, text="Füße"))).replace("UTF-8", "UTF-16")
        assert read(text.encode("utf-16"))[0].comments[0].html == "Füße"

    def test_is_refused_with_the_line_where_it_is_cut_off(self):
        text = wxr(item(comment(1)))
        message = refusal(text[: text.index("</wp:comment>")])
        assert message.startswith("old.xml, line 4: ") and "cut off" in message

    def test_counts_lines_from_the_top_of_the_file(self):
        assert refusal("\n\n" + wxr("<oops>")).startswith("old.xml, line 6: ")

    def test_is_refused_where_its_encoding_is_not_what_it_says(self):
        message = refusal(wxr(item(comment(1, text="Füße"))).encode("latin-1"))
        assert message.startswith("old.xml, line 4: ") and "convert it to UTF-8" in message

    @pytest.mark.parametrize("content", ["<svg/>", "<feed/>"])
    def test_is_refused_where_it_is_something_else(self, content):
        assert "no export of WordPress or Disqus" in refusal(content)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "old.xml is empty. Export it again."),
            (b"\xef\xbb\xbf \n", "old.xml is empty. Export it again."),
            (b"\0" * 9, "line 1: the file is no well-formed XML: no element found (perhaps it is cut off)"),
            (b'{"a": 1}', "line 1: the file is no well-formed XML: not well-formed (invalid token)"),
            (
                b"What I said",
                "line 1: the file is no well-formed XML: syntax error (perhaps it is another file",
            ),
            (gzip.compress(b"<rss/>"), "old.xml is packed (gzip). Unpack it with gunzip"),
            (b"PK\x03\x04", "old.xml is packed (ZIP). Unpack it"),
            (b"\n<!DOCTYPE HTML><p>Sign in<br>", "old.xml is a web page. Sign in where it comes from"),
            (b"<html><p>Sign in</html>", "old.xml is a web page. Sign in where it comes from"),
            (b'<?xml version="1.0" encoding="shift_jis"?><rss/>', "not supported); convert it to UTF-8"),
        ],
    )
    def test_is_refused_by_its_name_where_it_is_no_xml(self, content, said):
        assert said in refusal(content)


class TestHostileFile:
    """What a stranger's file may try. Each is refused in the words of the line it stands in."""

    @pytest.mark.parametrize(
        "declaration",
        [
            '<!DOCTYPE rss [<!ENTITY a "b">]>',
            '<!DOCTYPE rss SYSTEM "http://192.0.2.1/x.dtd">',
            '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
            '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://192.0.2.1/"> %a;]>',
        ],
    )
    def test_declares_no_document_type(self, declaration):
        message = refusal(wxr(item(comment(1))).replace("<rss", f"{declaration}<rss", 1))
        assert message.startswith("old.xml, line 2: ") and "document type" in message

    def test_is_not_deep(self):
        assert "more than 64 deep" in refusal(wxr("<a>" * 200 + "</a>" * 200))

    def test_has_no_endless_text(self, monkeypatch):
        monkeypatch.setattr(xml_stream, "MAX_TEXT", 100_000)
        assert "a text of more than 100,000 characters" in refusal(wxr(item(comment(1, text="a" * 200_000))))

    @pytest.mark.parametrize("opening", ["<a b='", "<!--"])
    def test_has_no_endless_tag_or_remark(self, monkeypatch, opening):
        monkeypatch.setattr(xml_stream, "MAX_TEXT", 100_000)
        assert "a tag or a remark of more than" in refusal(wxr(opening + "a" * 300_000))

    def test_takes_no_more_memory_for_what_nobody_wants(self):
        text = wxr(f"<item><encoded>{'a' * 8_000_000}</encoded>{comment(1)}</item>").encode()
        tracemalloc.start()
        assert read(text)[0].comments
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 2_000_000


class TestOrder:
    def test_puts_parents_first_and_keeps_the_file_otherwise(self):
        assert order(comment(3, 2), comment(2), comment(4), comment(5, 2))[0] == [
            ("2", ""),
            ("3", "2"),
            ("5", "2"),
            ("4", ""),
        ]

    def test_puts_orphans_and_answers_to_themselves_at_the_top(self):
        found, arranged = order(comment(5, 99), comment(6, 5), comment(7, 7))
        assert found == [("5", ""), ("6", "5"), ("7", "")]
        assert (arranged.orphans, arranged.own_parents) == (["5"], ["7"])

    def test_breaks_a_circle_at_one_place(self):
        found, arranged = order(comment(9, 2), comment(1, 3), comment(2, 1), comment(3, 2))
        assert sorted(found) == [("1", "3"), ("2", ""), ("3", "2"), ("9", "2")]
        assert arranged.cycles == ["2"]

    def test_keeps_the_first_of_doubles(self):
        found, arranged = order(comment(1), comment(1, comment_approved=0), comment(2, 1))
        assert (found, arranged.doubles, arranged.twins) == ([("1", ""), ("2", "1")], ["1"], [])

    def test_keeps_two_that_share_an_id_and_tells_them_apart_in_every_file(self):
        found, arranged = order(comment(1, text="One"), comment(1, text="Two"), comment(1, text="Two"))
        assert (arranged.doubles, arranged.twins) == (["1"], ["1"])
        [first, (second, above)] = found
        assert first == ("1", "") and second.startswith("1~") and above == ""
        assert order(comment(1, text="One"), comment(1, 2, text="Two", comment_approved=0))[0][1][0] == second

    def test_gives_an_id_to_what_has_none(self):
        found, arranged = order(comment("", text="One"), comment("", text="Two"), comment("", text="Two"))
        assert len(dict(found)) == 2 and "" not in dict(found)
        assert (arranged.doubles, arranged.twins) == ([""], [])

    def test_lifts_answers_to_what_is_left_out(self):
        pingback = comment(2, 1, comment_type="pingback")
        found, _arranged = order(
            comment(1), pingback, comment(3, 2), is_kept=lambda own: own.kind == "comment"
        )
        assert found == [("1", ""), ("3", "1")]

    def test_lifts_answers_to_spam(self):
        spam = [comment(own, own - 1, comment_approved="spam") for own in (2, 3)]
        assert order(comment(1), *spam, comment(4, 3))[0] == [("1", ""), ("2", "1"), ("3", "2"), ("4", "1")]

    def test_goes_as_deep_as_it_must(self):
        found, _arranged = order(*(comment(own, own - 1) for own in range(3000, 0, -1)))
        assert found[-1] == ("3000", "2999")
