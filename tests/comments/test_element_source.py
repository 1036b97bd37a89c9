"""The comment element: built from its source, its words in the catalogues, printed where it is asked for."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.template import Context, Template

from wagtail_massage.comments.element_words import WORDS

ROOT = Path(__file__).resolve().parents[2]
ELEMENT = ROOT / "wagtail_massage/comments/static/wagtail_massage_comments/element"
checkout = pytest.mark.skipif(not (ROOT / "scripts").is_dir(), reason="the element is built in a checkout")


@checkout
class TestBuild:
    def test_is_what_the_source_builds(self, tmp_path, monkeypatch):
        monkeypatch.syspath_prepend(ROOT / "scripts")
        import build_element

        if shutil.which("npx") is None:
            pytest.skip("needs Node 20 and npm")
        try:
            build_element.build(tmp_path / "built.js", offline=True)
        except subprocess.CalledProcessError:
            pytest.skip("needs esbuild and terser in npm's cache: run `make element` once")
        assert (tmp_path / "built.js").read_text() == build_element.BUILT.read_text()

    def test_keeps_the_rules_of_the_project_without_node(self):
        done = subprocess.run(
            [sys.executable, ROOT / "scripts/check_project.py"], capture_output=True, text=True, env={}
        )
        assert "massage-comments" not in done.stdout


@checkout
class TestWords:
    def test_are_those_of_the_source(self):
        sources = [ELEMENT / "massage-comments.js", *(ELEMENT / "modules").glob("*.js")]
        found = {word for path in sources for word in re.findall(r'\bt\(\s*"([^"]+)"', path.read_text())}
        assert found == set(WORDS)

    def test_come_in_the_language_that_is_asked_for(self, client):
        answer = client.get("/api/massage/v1/comment-words/?locale=de-AT")
        assert answer.json()["words"]["Cancel"] == "Abbrechen"
        assert set(answer.json()["words"]) == set(WORDS)
        assert "public" in answer["Cache-Control"]

    def test_are_english_where_there_is_no_catalogue(self, client):
        answer = client.get("/api/massage/v1/comment-words/?locale=tlh")
        assert answer.json()["words"]["Cancel"] == "Cancel"

    @pytest.mark.parametrize("locale", ["", "d", "de_AT", "../../etc", "x" * 17])
    def test_of_what_is_no_language_are_refused(self, client, locale):
        assert client.get("/api/massage/v1/comment-words/", {"locale": locale}).status_code == 400


class TestTag:
    def render(self, page, rf, arguments):
        template = Template(f"{{% load wagtail_massage_comments %}}{{% massage_comments page {arguments} %}}")
        return template.render(Context({"page": page, "request": rf.get("/")}))

    def test_prints_the_element_around_the_plain_form(self, page, rf):
        html = self.render(page, rf, "element=True")
        assert f'<massage-comments api="/api/massage/v1/" page="{page.pk}" lang="en">' in html
        assert html.index("<massage-comments") < html.index("<form") < html.index("</massage-comments>")
        assert 'src="/static/wagtail_massage_comments/element/massage-comments.min.js"' in html

    def test_prints_none_unless_it_is_asked(self, page, rf, settings):
        assert "<massage-comments" not in self.render(page, rf, "")
        settings.WAGTAIL_MASSAGE_COMMENTS_ELEMENT = True
        assert "<massage-comments" in self.render(page, rf, "")
        assert "<massage-comments" not in self.render(page, rf, "element=False")
