"""Limits counted in a real Redis: shared between processes, exact under load, harmless when it dies."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.comments.conftest import NOW
from tests.comments.faces import comments_url
from tests.conftest import ROOT
from tests.redis_server import RedisServer, running_redis
from wagtail_massage.comments import throttling
from wagtail_massage.comments.models import VisitorComment
from wagtail_massage.comments.throttling import Throttled, admit

IN_ANOTHER_PROCESS = """
import json, os, sys
from datetime import datetime
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.projects.everything"
import django
from django.conf import settings
asked = json.loads(sys.argv[1])
settings.CACHES = asked["caches"]
settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "5/m"
django.setup()
from wagtail_massage.comments import throttling
passed = 0
for _number in range(asked["posts"]):
    try:
        throttling.admit(page_id=1, address="192.0.2.1", now=datetime.fromisoformat(asked["now"]))
        passed += 1
    except throttling.Throttled:
        pass
print(passed)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis(server, settings) -> RedisServer:
    settings.CACHES = server.caches
    settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "5/m"
    cache.clear()
    return server


def try_to_pass(**values) -> bool:
    try:
        admit(**{"page_id": 1, "address": "192.0.2.1", "now": NOW, **values})
    except Throttled:
        return False
    return True


class TestALimit:
    def test_is_shared_by_two_processes(self, redis):
        assert [try_to_pass() for _number in range(3)] == [True] * 3
        asked = json.dumps({"caches": redis.caches, "posts": 4, "now": NOW.isoformat()})
        command = [sys.executable, "-c", IN_ANOTHER_PROCESS, asked]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["2"]
        assert not try_to_pass()

    @pytest.mark.parametrize("scope", ["rate", "page_rate", "site_rate"])
    def test_lets_exactly_so_many_pass_at_once(self, redis, settings, scope):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1000/m"
        setattr(settings, f"WAGTAIL_MASSAGE_COMMENTS_{scope.upper()}", "7/m")
        gate, passed = threading.Barrier(30), []

        def post(number: int) -> None:
            gate.wait()
            page = number if scope == "site_rate" else 1
            address = "192.0.2.1" if scope == "rate" else f"192.0.2.{number}"
            passed.append(try_to_pass(page_id=page, address=address))

        threads = [threading.Thread(target=post, args=(number,)) for number in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(passed), sum(passed)) == (30, 7)

    def test_ends_with_its_window(self, redis):
        for _number in range(5):
            assert try_to_pass(now=NOW + timedelta(seconds=15))
        with pytest.raises(Throttled) as refusal:
            admit(page_id=1, address="192.0.2.1", now=NOW + timedelta(seconds=15))
        assert refusal.value.retry_after == 45
        assert try_to_pass(now=NOW + timedelta(seconds=15 + refusal.value.retry_after))

    def test_does_not_lock_for_ever(self, redis):
        try_to_pass()
        (key,) = cache._cache.get_client().keys("*wagtail_massage_comments:rate:*")[:1]
        assert 0 < cache._cache.get_client().ttl(key) <= 61


class TestADeadCache:
    def test_limits_nothing_and_loses_no_comment(self, client, face, page, settings, tmp_path, caplog):
        settings.WAGTAIL_MASSAGE_COMMENTS_RATE = "1/m"
        with running_redis(tmp_path) as server:
            settings.CACHES = server.caches
            assert face.post(page, body="One").status_code in face.accepted
            assert face.post(page, body="Two").status_code == 429
            server.kill()
            for body in ("Three", "Four"):
                assert face.post(page, body=body).status_code in face.accepted
            assert client.get(comments_url(page.pk)).status_code == 200
        assert VisitorComment.objects.count() == 3
        assert "nothing is limited now" in caplog.text
        assert throttling.__doc__ and "When the cache is away nothing is limited" in throttling.__doc__
