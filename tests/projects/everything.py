"""Install shape `everything`."""

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
    *CORE_APPS,
]
