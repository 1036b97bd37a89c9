"""Install shape `no_comments`."""

from .base import *  # noqa: F403
from .base import CORE_APPS

INSTALLED_APPS = [
    "wagtail_massage",
    "wagtail_massage.treatments",
    "wagtail_massage.pages",
    *CORE_APPS,
]
