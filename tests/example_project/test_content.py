"""The demo site's words and pictures: complete, consistent, and refused clearly where they are not."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from example_project.content import loader
from example_project.content.drawings import ALT_TEXT, SCENES, draw

FOLDER = Path(loader.__file__).parent
SPELLED_OUT = {"five": 5, "six": 6, "seven": 7, "eight": 8}


@pytest.fixture(scope="module")
def content():
    return loader.load()


@pytest.fixture
def copy(tmp_path):
    """A copy of the folder, to be spoilt."""
    return Path(shutil.copytree(FOLDER, tmp_path / "content", ignore=shutil.ignore_patterns("__pycache__")))


def spoil(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def words(article):
    """Every word of the article that a reader sees beneath its title."""
    texts = [article.standfirst, *article.intro, article.lead_in, *article.outro]
    for item in article.items:
        texts += [item.heading, item.summary, *item.paragraphs]
        if item.quote:
            texts += [item.quote.text, item.quote.attribution]
        if item.callout:
            texts += [item.callout.title, item.callout.text]
    return sum(len(text.split()) for text in texts)


def depth(comment, by_key):
    return 1 + depth(by_key[comment.parent], by_key) if comment.parent else 1


class TestArticles:
    def test_are_four_of_different_kinds_and_all_numberings(self, content):
        assert len(content.articles) == 4
        assert {article.kind for article in content.articles} == {"REASONS", "BENEFITS", "SIGNS", "STEPS"}
        assert {article.numbering for article in content.articles} == {"ASCENDING", "COUNTDOWN", "NONE"}

    def test_have_400_to_900_words(self, content):
        counts = {article.slug: words(article) for article in content.articles}
        assert {slug: count for slug, count in counts.items() if not 400 <= count <= 900} == {}

    def test_name_as_many_items_in_the_title_as_they_have(self, content):
        for article in content.articles:
            found = re.search(r"\d+|" + "|".join(SPELLED_OUT), article.title.lower())
            assert found, article.title
            count = SPELLED_OUT.get(found[0]) or int(found[0])
            assert count == len(article.items), article.title

    def test_vary_in_length_and_in_what_an_item_holds(self, content):
        items = [item for article in content.articles for item in article.items]
        assert {len(item.paragraphs) for item in items} == {1, 2, 3}
        assert {item.callout.kind for item in items if item.callout} == {"TIP", "NOTE", "IMPORTANT"}
        assert any(item.quote for item in items)
        assert any(item.image for item in items)

    def test_with_steps_show_a_contents_list(self, content):
        shown = [article.kind for article in content.articles if article.show_contents]
        assert shown == ["STEPS"]


class TestTreatments:
    def test_are_four_with_a_description_of_150_to_300_words(self, content):
        counts = {page.slug: len(" ".join(page.body).split()) for page in content.treatments}
        assert len(counts) == 4
        assert {slug: count for slug, count in counts.items() if not 150 <= count <= 300} == {}

    def test_have_each_at_least_one_article(self, content):
        written_about = {slug for article in content.articles for slug in article.treatments}
        assert written_about == {treatment.slug for treatment in content.treatments}

    def test_offer_options_with_exact_prices_and_invented_addresses(self, content):
        options = [option for treatment in content.treatments for option in treatment.options]
        assert all(option.price.as_tuple().exponent == -2 for option in options)
        assert all(option.booking_url.startswith("https://example.com/book/") for option in options)


class TestComments:
    def test_are_some_forty_in_every_status(self, content):
        assert 38 <= len(content.comments) <= 50
        assert Counter(comment.status for comment in content.comments).keys() == loader.STATUSES

    def test_reach_three_deep_on_two_pages_with_every_ancestor_approved(self, content):
        by_key = {comment.key: comment for comment in content.comments}
        deep = {
            comment.page
            for comment in content.comments
            if depth(comment, by_key) >= 3
            and comment.status == by_key[comment.parent].status == "APPROVED"
            and by_key[by_key[comment.parent].parent].status == "APPROVED"
        }
        assert len(deep) >= 2

    def test_hold_one_health_question_that_waits_unanswered(self, content):
        questions = [comment for comment in content.comments if comment.key == "health-question"]
        assert [question.status for question in questions] == ["PENDING"]
        assert not any(comment.parent == "health-question" for comment in content.comments)

    def test_link_to_example_addresses_only(self, content):
        links = [
            link for comment in content.comments for link in re.findall(r"https?://[^/\s]+", comment.body)
        ]
        assert set(links) == {"https://example.com"}

    def test_are_written_in_more_than_one_script(self, content):
        bodies = " ".join(comment.body for comment in content.comments)
        assert re.search(r"[\u0600-\u06ff]{3}", bodies)
        assert re.search(r"[\U0001f300-\U0001faff]", bodies)


class TestDrawings:
    def test_all_have_an_alternative_text_and_a_use(self, content):
        items = [item for article in content.articles for item in article.items]
        pages = [content.site.home, *content.treatments, *content.articles, *items]
        assert {page.image for page in pages if page.image} == ALT_TEXT.keys() == SCENES.keys()

    @pytest.mark.parametrize("key", sorted(SCENES))
    def test_come_out_the_same_each_time_in_the_size_asked_for(self, key):
        picture = draw(key, (150, 100))
        assert (picture.mode, picture.size) == ("RGB", (150, 100))
        assert picture.tobytes() == draw(key, (150, 100)).tobytes()
        assert len(picture.resize((30, 20), Image.Resampling.BOX).getcolors(600)) > 200

    def test_are_cut_to_other_shapes(self):
        assert draw("moonrise", (80, 80)).size == (80, 80)

    def test_refuse_an_unknown_key(self):
        with pytest.raises(ValueError, match="There is no drawing 'sunset'; choose one of: evening-window, "):
            draw("sunset")


class TestLoad:
    def test_reads_a_folder_given_to_it(self, copy, content):
        assert loader.load(copy) == content

    @pytest.mark.parametrize(
        ("file", "old", "new", "message"),
        [
            (
                "treatments/leg-massage.toml",
                '"varicose-veins"',
                '"veins"',
                "unknown contraindication 'veins'",
            ),
            ("treatments/leg-massage.toml", '"legs", "feet"]', '"knees"]', "unknown body area 'knees'"),
            ("treatments/leg-massage.toml", '"36.00"', '"cheap"', "'cheap' is not a price; write it like"),
            (
                "treatments/leg-massage.toml",
                'slug = "leg',
                'slug = "x-leg',
                "unknown treatment 'leg-massage'",
            ),
            (
                "articles/six-reasons-legs.toml",
                '"tobias"',
                '"nobody"',
                "unknown author 'nobody'; choose one of",
            ),
            ("articles/six-reasons-legs.toml", '"REASONS"', '"RUMOURS"', "unknown kind 'RUMOURS'"),
            ("articles/six-reasons-legs.toml", '"TIP"', '"HINT"', "unknown callout kind 'HINT'"),
            ("articles/six-reasons-legs.toml", '"meadow-path"', '"sunset"', "unknown image 'sunset'"),
            ("articles/six-reasons-legs.toml", "lead_in =", "leadin =", "unknown key 'leadin' for Article"),
            (
                "articles/six-reasons-legs.toml",
                "[[items]]",
                "[[items",
                "six-reasons-legs.toml is not valid TOML",
            ),
            ("people.toml", 'key = "ines"\n', "", "people.toml: Person needs a value for 'key'"),
            ("people.toml", 'key = "ines"', 'key = "maura"', "person key 'maura' is used twice"),
            ("comments.toml", '"PENDING"', '"WAITING"', "health-question: unknown status 'WAITING'"),
            ("comments.toml", '"Tobias Wrenfield"', '"Tobias"', "unknown staff author 'Tobias'"),
            ("comments.toml", 'parent = "legs-bus"', 'parent = "x"', "unknown earlier comment as parent 'x'"),
            ("comments.toml", "hours_ago = 1121", "hours_ago = 2000", "must be younger than its parent"),
            ("comments.toml", 'parent = "stones-cat"', 'parent = "legs-bus"', "is on another page"),
        ],
    )
    def test_refuses_what_does_not_fit_and_names_it(self, copy, file, old, new, message):
        spoil(copy / file, old, new)
        with pytest.raises(ValueError, match=re.escape(message)):
            loader.load(copy)
