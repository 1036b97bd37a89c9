"""What the blocks promise to editors and to sites' migrations."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.urls import reverse
from wagtail.blocks import CharBlock, IntegerBlock, StreamBlock
from wagtail.blocks.definition_lookup import BlockDefinitionLookup, BlockDefinitionLookupBuilder
from wagtail.fields import StreamField

from wagtail_massage.benefits import blocks
from wagtail_massage.benefits.blocks import BenefitBlock, BenefitListBlock
from wagtail_massage.benefits.choices import CalloutKind, HeadingLevel, Kind, Numbering

from .samples import LIST_BLOCK, entry, list_of

OPAQUE = [
    blocks.TextBlock,
    blocks.ImageWithCaptionBlock,
    blocks.QuoteBlock,
    blocks.CalloutBlock,
    blocks.HeadingBlock,
    blocks.BenefitBodyBlock,
    blocks.BenefitBlock,
    blocks.BenefitsBlock,
    blocks.BenefitListBlock,
]
PREVIEWED = [block for block in OPAQUE if not issubclass(block, StreamBlock)]


def changes_between(before: StreamField, after: StreamField) -> dict:
    """Return the migrations that Django would write for a site whose field went from `before` to `after`."""

    def state(field: StreamField) -> ProjectState:
        project = ProjectState()
        fields = [("id", models.AutoField(primary_key=True)), ("body", field)]
        project.add_model(ModelState("site", "Article", fields))
        return project

    questioner = MigrationQuestioner({"ask_initial": True})
    return MigrationAutodetector(state(before), state(after), questioner).changes(graph=_EmptyGraph())


class _EmptyGraph:
    def leaf_nodes(self, app_label: str | None = None) -> list:
        return []


class MyBenefitBlock(BenefitBlock):
    """The documented recipe for a site's own benefit."""

    minutes = IntegerBlock(required=False)


class MyBenefitListBlock(BenefitListBlock):
    benefits = StreamBlock([("benefit", MyBenefitBlock())], min_num=1)


class TestMigrations:
    def test_do_not_change_when_the_package_rewords_a_block(self, monkeypatch):
        before = StreamField([("benefit_list", BenefitListBlock())])

        reworded = CharBlock(label="Other words", max_length=999, help_text="New", required=True)
        reworded.set_name("lead_in")
        children = {**BenefitListBlock.base_blocks, "lead_in": reworded, "added": CharBlock()}
        monkeypatch.setattr(BenefitListBlock, "base_blocks", children)
        after = StreamField([("benefit_list", BenefitListBlock())])

        assert after.stream_block.child_blocks["benefit_list"].child_blocks["lead_in"].field.max_length == 999
        assert changes_between(before, after) == {}

    def test_change_when_the_site_changes_its_own_subclass(self):
        before = StreamField([("benefit_list", BenefitListBlock())])
        after = StreamField([("benefit_list", MyBenefitListBlock())])

        assert "site" in changes_between(before, after)

    def test_keep_what_the_site_passes_to_the_block(self):
        field = StreamField([("benefit_list", BenefitListBlock(required=False, label="Reasons"))])

        _, _, _, kwargs = field.clone().deconstruct()

        assert kwargs["block_lookup"][0][2] == {"required": False, "label": "Reasons"}

    @pytest.mark.parametrize("block_class", OPAQUE)
    def test_name_every_block_by_a_path_that_leads_back_to_it(self, block_class):
        builder = BlockDefinitionLookupBuilder()
        index = builder.add_block(block_class())
        lookup = builder.get_lookup_as_dict()

        assert lookup[index][0] == f"wagtail_massage.benefits.blocks.{block_class.__name__}"
        assert type(BlockDefinitionLookup(lookup).get_block(index)) is block_class

    def test_of_a_subclass_name_only_permanent_paths(self):
        field = StreamField([("benefit_list", MyBenefitListBlock())])
        written, _ = MigrationWriter.serialize(field)
        _, _, _, kwargs = field.deconstruct()

        paths = {path for path, _, _ in kwargs["block_lookup"].values()}
        assert {path for path in paths if path.startswith("wagtail_massage")} == {
            "wagtail_massage.benefits.blocks.BenefitBodyBlock"
        }
        assert "minutes" in written


class TestSubclass:
    def test_draws_the_added_child_beside_everything_else(self):
        block = MyBenefitListBlock()
        value = block.to_python({"benefits": [entry("Rest", minutes=20)]})

        [drawn] = block.get_api_representation(value)["benefits"]

        assert drawn["value"]["minutes"] == 20
        assert drawn["value"]["anchor"] == "rest"
        assert 'id="rest"' in block.render(value)


class TestDefaults:
    def test_open_a_new_benefit_with_an_empty_text(self):
        [child] = BenefitBlock().get_default()["body"]

        assert (child.block_type, child.value["rich_text"].source) == ("text", "")

    def test_show_only_heading_and_body_on_the_surface(self):
        assert BenefitBlock().meta.form_layout.children == ["heading", "body"]
        assert LIST_BLOCK.meta.form_layout.children == ["lead_in", "benefits"]

    def test_offer_every_child_in_the_form(self):
        for block in (BenefitBlock(), LIST_BLOCK):
            layout = block.meta.form_layout
            assert set(layout.children) | set(layout.settings) == set(block.child_blocks)

    @pytest.mark.parametrize("choices", [Kind, Numbering, HeadingLevel, CalloutKind])
    def test_store_choices_in_capitals(self, choices):
        assert all(value == value.upper() for value in choices.values)


class TestClean:
    def test_gives_every_entry_an_anchor(self):
        cleaned = LIST_BLOCK.clean(list_of(entry("Rest", id="a"), entry("Rest", id="b")))

        assert [child.value["anchor"] for child in cleaned["benefits"]] == ["rest", "rest-2"]
        assert [child.value["anchor_history"] for child in cleaned["benefits"]] == ["rest", "rest-2"]

    def test_makes_a_fragment_of_an_anchor_that_was_typed(self):
        [child] = LIST_BLOCK.clean(list_of(entry("Rest", anchor="My Own!", anchor_history="rest")))[
            "benefits"
        ]

        assert (child.value["anchor"], child.value["anchor_history"]) == ("my-own", "rest my-own")

    @pytest.mark.parametrize(
        ("stored", "name"),
        [({"start": -1}, "start"), ({"start": 10_000}, "start"), ({"lead_in": "x" * 301}, "lead_in")],
    )
    def test_puts_an_error_on_its_field(self, stored, name):
        with pytest.raises(ValidationError) as error:
            LIST_BLOCK.clean(list_of(entry("Rest"), **stored))

        assert list(error.value.block_errors) == [name]

    def test_puts_a_missing_heading_on_the_entry(self):
        with pytest.raises(ValidationError) as error:
            LIST_BLOCK.clean(list_of(entry("Rest"), entry("")))

        assert list(error.value.block_errors["benefits"].block_errors[1].block_errors) == ["heading"]

    def test_wants_an_entry_when_publishing(self):
        with pytest.raises(ValidationError) as error:
            LIST_BLOCK.clean(list_of())

        assert list(error.value.block_errors) == ["benefits"]

    def test_accepts_an_unfinished_draft(self):
        block = BenefitListBlock()
        draft = block.to_python({"benefits": [entry("", body=[]), entry("Rest", id="b")]})

        cleaned = block.clean_deferred(draft)

        assert [child.value["anchor"] for child in cleaned["benefits"]] == ["item-1", "rest"]


class TestPreviews:
    @pytest.mark.parametrize("block_class", PREVIEWED)
    def test_are_described(self, block_class):
        block = block_class()

        assert block.is_previewable
        assert block.get_description()
        assert block.meta.icon != "placeholder"

    @pytest.mark.parametrize("block_class", PREVIEWED)
    def test_are_shown_by_the_admin(self, block_class, admin_client):
        url = reverse("wagtailadmin_block_preview")
        response = admin_client.get(url, {"id": block_class().definition_prefix})

        assert response.status_code == 200
        assert "wagtail_massage/benefits.css" in response.text
        assert "massage-" in response.text.split("<main>")[1]
