"""The settings of our site without our apps, with those of Wagtail's APIs."""

from benchmarks import database
from benchmarks.ours.settings import *  # noqa: F403
from benchmarks.ours.settings import INSTALLED_APPS as _OURS
from benchmarks.ours.settings import media

NAME = "bench_bare"

ROOT_URLCONF = "benchmarks.bare.urls"
DATABASES = database.settings(NAME)
MEDIA_ROOT = media(NAME)
INSTALLED_APPS = [
    "benchmarks.bare",
    *(app for app in _OURS if not app.startswith("wagtail_massage")),
    "wagtail.api.v2",
    "wagtail.api.v3",
    "rest_framework",
    "ninja",
]
