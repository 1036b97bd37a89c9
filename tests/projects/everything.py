"""Install shape `everything`."""

from importlib.util import find_spec

from .base import *  # noqa: F403
from .base import CORE_APPS

INSTALLED_APPS = [
    "wagtail_massage",
    "wagtail_massage.treatments",
    "wagtail_massage.pages",
    "wagtail_massage.comments",
    "wagtail_massage.importers",
    "wagtail_massage.webhooks",
    "tests.projects.blog",
    # Where it is there, its tokens open our previews too (tests/api/test_preview.py).
    *(["wagtail_headless_preview"] if find_spec("wagtail_headless_preview") else []),
    *CORE_APPS,
]
