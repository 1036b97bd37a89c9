"""Files that are broken, hostile or no exports, as `import_comments` takes them: a sentence, no traceback, no loss."""

from __future__ import annotations

import pytest

from wagtail_massage.comments.models import VisitorComment

from .exports import comment, disqus, item, post, wxr
from .running import ImportComments

OWN_ID = (
    "<wp:commentmeta><wp:meta_key>_wagtail_massage_uuid</wp:meta_key>"
    "<wp:meta_value>0c4f2eb4-374c-4d27-bc31-916b60a12832</wp:meta_value></wp:commentmeta></wp:comment>"
)


@pytest.fixture
def bring(spa, write):
    """Return a function that imports a text for one page, and returns the run and all texts that are stored."""
    spa.article(title="Warm stones", slug="warm-stones")

    def bring(content, *options):
        run = ImportComments(write(content, "old.xml"), "--comments", "approved", *options)
        return run, sorted(VisitorComment.objects.values_list("body", flat=True))

    return bring


class TestFile:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "old.xml is empty. Export it again."),
            (b"\x1f\x8b\x08", "old.xml is packed (gzip). Unpack it"),
            (b"<!doctype html><title>Sign in</title>", "old.xml is a web page. Sign in"),
            (wxr(item(comment(1))).encode("utf-16"), "convert it to UTF-8"),
            (wxr(item(comment(1)))[:-40], "line 4: the file is no well-formed XML: unclosed token (perhaps"),
            (wxr(item(comment(1)))[:-1] + "<", "Mend it there, or export it again."),
            (wxr(item(comment(1, text="x" * 1_100_000))), "line 4: the file has a text of more than 1,000,000"),
            (wxr(item(comment(1))).replace("Warm", "&#1;"), "line 4: the file is no well-formed XML"),
            (
                '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>',
                "line 1: the file declares a document type or entities",
            ),
        ],
    )  # fmt: skip
    def test_that_cannot_be_read_is_refused_with_its_name_and_the_next_step(self, bring, content, said):
        run, stored = bring(content)
        assert "old.xml" in run.error and said in run.error and not stored

    def test_that_is_a_directory_is_named(self, db, tmp_path):
        assert ImportComments(tmp_path).error.endswith("is a directory. Name the files in it.")

    @pytest.mark.parametrize(
        "content",
        [
            wxr(),
            wxr(item()),
            wxr(comment(1)),
            wxr(item(comment(1, comment_type="pingback"))),
            disqus(),
            "<rss><channel><item><title>News</title></item></channel></rss>",
        ],
    )
    @pytest.mark.parametrize("options", [[], ["--plan"]])
    def test_without_comments_is_said_to_have_none(self, bring, content, options):
        assert "There are no comments of readers in the file." in bring(content, *options)[0].error

    def test_with_an_address_that_is_none_is_matched_by_what_else_it_says(self, bring):
        post_of_nowhere = item(comment(2, text="Two"), own=8, url="http://[::1/feet/", slug="")
        run, stored = bring(wxr(item(comment(1, text="One"), url="http://[::1/feet/"), post_of_nowhere))
        assert stored == ["One"] and "1 comment (http://[::1/feet/)" in run.out

    def test_with_endless_names_is_reported_on_lines_that_can_be_read(self, bring):
        run, _stored = bring(
            wxr(
                item(comment("9" * 5000, 1), title="t" * 100_000),
                item(comment(2), own=8, url="http://x.example/" + "a" * 100_000, slug="b" * 9000),
            )
        )
        assert max(map(len, run.out.splitlines())) < 400


class TestComment:
    @pytest.mark.parametrize(
        "at",
        [
            "1969-12-31 23:59:59",
            "9999-12-31 23:59:59",
            "10000-01-01 00:00:00",
            "0000-00-00 00:00:00",
            "",
            "soon",
        ],
    )
    def test_with_an_impossible_date_is_kept_and_named(self, bring, at):
        run, stored = bring(wxr(item(comment(17, at=at))))
        assert stored and "1 without a possible date, given that of their post: 17" in run.out

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"comment_author": "n" * 10_000}, "1 with a name that is too long, cut off: 17"),
            ({"comment_author": "\u202e\u200b"}, "1 without a name: 17"),
            ({"comment_author_email": "wren@"}, "1 with an e-mail address that is none, left out: 17"),
            ({"comment_author_email": "w" * 10_000 + "@example.com"}, "1 with an e-mail address that is none"),
            ({"text": "a\x01b"}, "1 control characters, left out"),
            ({"parent": 99}, "1 answers to what the file does not have, put at the top: 17"),
            ({"parent": 17}, "1 answers to what the file does not have, put at the top: 17"),
        ],
    )  # fmt: skip
    def test_of_which_something_cannot_be_kept_is_stored_and_named(self, bring, values, said):
        run, stored = bring(wxr(item(comment(17, **values))))
        assert stored and said in run.out

    def test_that_is_too_long_is_named_and_the_others_are_stored(self, bring):
        run, stored = bring(wxr(item(comment(1, text="x y " * 200_000), comment(2, text="Two"))))
        assert stored == ["Two"] and "Wren A. (Warm stones): Your comment has 799999 characters" in run.out

    def test_of_which_there_are_many_is_named_by_the_first_five(self, bring):
        run, stored = bring(wxr(item(*(comment(own, 99, text=f"{own}") for own in range(1, 8)))))
        assert len(stored) == 7 and "put at the top: 1, 2, 3, 4, 5, …" in run.out


class TestRelations:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (item(comment(1, text="A"), comment(1, text="B")), "1 in the file twice, with other words; both"),
            (item(comment("", text="A"), comment("", text="B")), "2 approved"),
            (item(comment("x", text="A"), comment("X", text="B")), "2 approved"),
            (item(comment(2, 1, text="B"), comment(1, text="A")), "2 approved"),
            (item(comment(1, 2, text="A"), comment(2, 1, text="B")), "1 circles of answers, opened at one place"),
        ],
    )  # fmt: skip
    def test_lose_nothing_however_they_are_tangled(self, bring, content, said):
        run, stored = bring(wxr(content))
        assert said in run.out
        assert bring(wxr(content))[1] == stored == ["A", "B"]

    def test_drop_what_is_there_twice_word_for_word(self, bring):
        run, stored = bring(wxr(item(comment(1, text="A"), comment(1, text="A"), comment(2, 1, text="B"))))
        assert stored == ["A", "B"] and "1 in the file twice, word for word: 1" in run.out

    def test_let_the_first_of_two_with_one_public_id_count(self, bring):
        twice = (
            comment(own, text=text).replace("</wp:comment>", OWN_ID) for own, text in ((1, "A"), (2, "B"))
        )
        assert bring(wxr(item(*twice)))[1] == ["A"]

    def test_do_without_ids_in_a_file_of_disqus(self, bring):
        text = disqus(post(11, text="A"), post(12, text="B")).replace(' dsq:id="11"', "")
        assert bring(text.replace(' dsq:id="12"', ""))[1] == ["A", "B"]

    def test_of_a_thread_without_an_id_lead_to_no_page(self, bring):
        text = disqus(post(11, text="A"), post(12, thread=2, text="B"), threads=(1, 2))
        run, stored = bring(text.replace('<thread dsq:id="2"', "<thread"))
        assert stored == ["A"] and "1 left out, for their posts have no page" in run.out
