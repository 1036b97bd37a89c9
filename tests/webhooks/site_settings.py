"""The site of the process tests: PostgreSQL, a queue in the database, receivers on this machine."""

import os

from tests.projects.everything import *  # noqa: F403
from tests.projects.everything import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_tasks_db"]
DATABASES["default"]["NAME"] = os.environ["MASSAGE_TEST_DATABASE"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_PRIVATE = True
WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_HTTP = True
