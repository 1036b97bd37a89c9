"""A bad setting is named by `manage.py check`, not by the first visitor."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks

from tests.comments.desk import make_user
from wagtail_massage.comments.models import GroupCommentPermission


def ids(**kwargs: Any) -> set[str]:
    return {message.id for message in run_checks(**kwargs) if message.id and "massage" in message.id}


class TestCheckSettings:
    def test_says_nothing_about_the_defaults(self, db):
        assert ids() == set()

    @pytest.mark.parametrize(
        ("name", "value", "id_"),
        [
            ("WAGTAIL_MASSAGE_COMMENTS_POLICY", "OPEN-ISH", "wagtail_massage_comments.E001"),
            ("WAGTAIL_MASSAGE_COMMENTS_EMAIL", "optional", "wagtail_massage_comments.E010"),
            ("WAGTAIL_MASSAGE_COMMENTS_CLOSE_AFTER_DAYS", -1, "wagtail_massage_comments.E011"),
            ("WAGTAIL_MASSAGE_COMMENTS_CLOSE_AFTER_DAYS", 36_501, "wagtail_massage_comments.E011"),
            ("WAGTAIL_MASSAGE_COMMENTS_CLOSE_AFTER_DAYS", "30", "wagtail_massage_comments.E011"),
            ("WAGTAIL_MASSAGE_COMMENTS_CLOSE_AFTER_DAYS", None, "wagtail_massage_comments.E011"),
            ("WAGTAIL_MASSAGE_COMMENTS_CLOSE_AFTER_DAYS", True, "wagtail_massage_comments.E011"),
            ("WAGTAIL_MASSAGE_COMMENTS_RATE", "often", "wagtail_massage_comments.E002"),
            ("WAGTAIL_MASSAGE_COMMENTS_PAGE_RATE", 5, "wagtail_massage_comments.E002"),
            ("WAGTAIL_MASSAGE_COMMENTS_CHECKS", ["no.such.Check"], "wagtail_massage_comments.E003"),
            ("WAGTAIL_MASSAGE_COMMENTS_CHECKS", ["datetime.datetime"], "wagtail_massage_comments.E004"),
            ("WAGTAIL_MASSAGE_COMMENTS_PAGE_TYPES", ["blog.Nothing"], "wagtail_massage_comments.W001"),
            ("WAGTAIL_MASSAGE_COMMENTS_RAET", "5/m", "wagtail_massage.W001"),
        ],
    )
    def test_names_a_bad_value(self, db, settings, name, value, id_):
        setattr(settings, name, value)
        assert ids() == {id_}

    def test_misses_somebody_who_answers_health_questions(self, page, settings):
        missing = "wagtail_massage_comments.W070"
        assert ids(databases=["default"]) == {missing}
        assert ids(databases=[]) == set()
        make_user("petra", answers=page)
        assert ids(databases=["default"]) == set()
        GroupCommentPermission.objects.all().delete()
        settings.WAGTAIL_MASSAGE_COMMENTS_CHECKS = []
        assert ids(databases=["default"]) == set()

    def test_misses_the_addresses_of_the_form(self, db, settings):
        settings.ROOT_URLCONF = "wagtail.admin.urls"
        assert ids() == {"wagtail_massage_comments.W002"}

    def test_offers_the_nearest_name(self, db, settings):
        settings.WAGTAIL_MASSAGE_COMMENTS_RAET = "5/m"
        hints = {message.hint for message in run_checks() if message.id == "wagtail_massage.W001"}
        assert hints == {"Did you mean WAGTAIL_MASSAGE_COMMENTS_RATE?"}
