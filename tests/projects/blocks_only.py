"""Install shape `blocks_only`."""

from .base import *  # noqa: F403
from .base import CORE_APPS

INSTALLED_APPS = [
    "wagtail_massage",
    "tests.projects.blog",
    *CORE_APPS,
]
