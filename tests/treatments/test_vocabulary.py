"""The site's contraindications as words for triage."""

from __future__ import annotations

import pytest

from wagtail_massage.treatments.models import Contraindication
from wagtail_massage.triage import Kind, examine

pytestmark = pytest.mark.django_db
QUESTION = "I have glimmerfoot. Can I come?"


@pytest.fixture
def glimmerfoot() -> Contraindication:
    return Contraindication.objects.create(
        name="a glow in the foot", slug="glow", level="AVOID", synonyms="glimmerfoot\nshining sole"
    )


class TestContraindicationWords:
    def test_make_triage_see_what_the_site_warns_of(self, glimmerfoot):
        assert examine(QUESTION).is_urgent

    def test_are_read_again_at_once_after_a_change(self, glimmerfoot):
        assert examine(QUESTION).is_health_question
        glimmerfoot.synonyms = "shining sole"
        glimmerfoot.save()
        assert not examine(QUESTION).is_health_question

    def test_are_forgotten_with_their_entry(self, glimmerfoot):
        assert examine(QUESTION).is_health_question
        glimmerfoot.delete()
        assert not examine(QUESTION).is_health_question

    def test_are_no_red_flag_where_a_treatment_is_only_adapted(self, glimmerfoot):
        glimmerfoot.level = "ADAPT"
        glimmerfoot.save()
        found = examine(QUESTION)
        assert found.is_health_question
        assert Kind.RED_FLAG not in {signal.kind for signal in found.signals}

    def test_cost_no_query_the_second_time(self, glimmerfoot, django_assert_num_queries):
        examine(QUESTION)
        with django_assert_num_queries(0):
            examine(QUESTION)
