"""What every room's tests start from: uploads of their own, empty caches, the test data if it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import AppConfig, apps
from django.test import override_settings
from hypothesis import HealthCheck, settings

from tests import memory
from tests.purging import PURGED

ROOT = Path(__file__).resolve().parent.parent

# A slow machine is no failure: examples have no deadline.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


@pytest.fixture(scope="session", autouse=True)
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Uploads and renditions of the whole run lie in a folder that pytest clears away."""
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=str(folder)):
        yield folder


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    memory.forget()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of test data beside the checkout; skip the test where there is none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the test data in {folder.relative_to(ROOT.parent)}/ beside the checkout")
    return folder


@pytest.fixture
def purged(
    settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> Callable[..., set[str]]:
    """Return a function that acts, commits, and tells which paths were purged."""
    # The app has no models, so it can be installed without setting Django up again.
    app = AppConfig.create("wagtail.contrib.frontend_cache")
    monkeypatch.setitem(apps.app_configs, app.label, app)
    settings.WAGTAILFRONTENDCACHE = {
        "recorder": {"BACKEND": "tests.purging.Recorder"},
    }

    def act(change: Callable[[], Any]) -> set[str]:
        PURGED.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
            early = [url for url in PURGED if "massage/" in url]  # Wagtail's redirects do not wait
            assert not early, "purged before the commit: the old page would be cached again"
        return {url.removeprefix("http://localhost") for url in PURGED}

    return act
