"""Install shape `own_base_page`."""

from .base import *  # noqa: F403
from .base import CORE_APPS

INSTALLED_APPS = [
    "wagtail_massage",
    "wagtail_massage.treatments",
    "wagtail_massage.comments",
    "wagtail_massage.importers",
    "wagtail_massage.webhooks",
    "tests.projects.ownbase",
    *CORE_APPS,
]
WAGTAIL_PAGE_MODEL = "ownbase.BasePage"
