"""The contraindications: the starter set and the snippets."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from wagtail_massage.treatments.models import Contraindication

pytestmark = pytest.mark.django_db


def load() -> str:
    out = io.StringIO()
    call_command("load_contraindications", stdout=out)
    return out.getvalue()


class TestLoadContraindications:
    @pytest.mark.contract
    def test_loads_the_starter_set_unreviewed(self):
        assert load().startswith("15 contraindications added")

        assert Contraindication.objects.filter(clinically_reviewed_date=None).count() == 15
        clot = Contraindication.objects.get(slug="deep-vein-thrombosis")
        assert clot.level == "AVOID"
        assert "DVT" in clot.synonym_list

    def test_never_overwrites_what_an_editor_has_changed(self):
        load()
        Contraindication.objects.filter(slug="pregnancy").update(explanation="Ours", level="ASK_DOCTOR")
        Contraindication.objects.filter(slug="osteoporosis").delete()

        assert load().startswith("1 contraindications added")
        assert Contraindication.objects.get(slug="pregnancy").explanation == "Ours"

    def test_holds_entries_that_pass_their_own_validation(self):
        load()
        for entry in Contraindication.objects.all():
            entry.full_clean()


class TestSnippets:
    @pytest.mark.parametrize("model", ["contraindication", "person", "bodyarea"])
    def test_can_be_listed_and_added_in_the_admin(self, admin_client, model):
        for view in ("list", "add"):
            url = reverse(f"wagtailsnippets_wagtail_massage_treatments_{model}:{view}")
            assert admin_client.get(url).status_code == 200
