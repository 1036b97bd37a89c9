"""Install shape `webhooks_only`."""

from .base import *  # noqa: F403
from .base import CORE_APPS

INSTALLED_APPS = [
    "wagtail_massage",
    "wagtail_massage.webhooks",
    "tests.projects.blog",
    *CORE_APPS,
]
