"""The article that the package began with, imported with its comment: skipped where it is not beside the checkout."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from wagtail_massage.comments import actions
from wagtail_massage.comments.models import VisitorComment

from .running import Run, articles


class TestSeedArticle:
    def test_is_planned_as_it_is_cut_by_hand(self, shared_data):
        plan = json.loads(Run("--plan", shared_data / "article_leg_massage.txt").out)
        assert [len(item["paragraphs"]) for item in plan["items"]] == [4, 3, 3, 3, 3, 2]
        assert (plan["declared_count"], len(plan["outro_paragraphs"])) == (6, 1)
        assert [comment["date"] for comment in plan["comments"]] == ["2023-08-16T12:18"]
        assert set(plan) == {
            "title",
            "declared_count",
            "intro_paragraphs",
            "lead_in",
            "items",
            "outro_paragraphs",
            "comments",
            "changes",
            "warnings",
        }

    def test_is_known_again_under_another_name(self, spa, shared_data, write):
        source = shared_data / "article_leg_massage.txt"
        Run(source)
        assert "was imported before" in Run(write(source.read_bytes(), "renamed.txt")).out
        assert (articles().count(), VisitorComment.objects.count()) == (1, 1)

    def test_becomes_a_page_with_its_comment(self, spa, shared_data, client):
        run = Run(shared_data / "article_leg_massage.txt", "--publish")
        page = articles().get()
        assert page.live, run.out
        html = client.get(page.url).content.decode()
        data = client.get(f"/api/massage/v1/benefit-lists/{page.pk}/").json()
        [benefit_list] = [block["value"] for block in data["body"] if block["type"] == "benefit_list"]
        entries = [entry["value"] for entry in benefit_list["benefits"]]
        assert [entry["number"] for entry in entries] == [1, 2, 3, 4, 5, 6]
        assert all(f'id="{entry["anchor"]}"' in html for entry in entries)
        assert [block["type"] for block in data["body"]] == ["text", "benefit_list", "text"]
        assert benefit_list["lead_in"].endswith((":", ";"))

        comments = f"/api/massage/v1/pages/{page.pk}/comments/"
        comment = VisitorComment.objects.get()
        assert comment.created_at.isoformat() == "2023-08-16T11:18:00+00:00"
        # somebody asks about her own health, so it takes the way of such questions
        assert (comment.status, comment.is_health) == ("PENDING", True)
        with pytest.raises(actions.HealthApart):
            actions.approve(comment, by=None, now=timezone.now())
        assert client.get(comments).json()["count"] == 0
        assert comment.author_name not in client.get(page.url).content.decode()
