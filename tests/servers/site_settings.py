"""The site of the process tests: PostgreSQL, Redis, a queue in the database, mail over SMTP. All on private ports."""

import os

from tests.projects.everything import *  # noqa: F403
from tests.projects.everything import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_tasks_db"]
DATABASES["default"]["NAME"] = os.environ["MASSAGE_TEST_DATABASE"]
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"redis://127.0.0.1:{os.environ['MASSAGE_TEST_REDIS_PORT']}/{number}",
    }
    for number, name in enumerate(("default", "renditions"))
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["MASSAGE_TEST_SMTP_PORT"])
WAGTAIL_MASSAGE_COMMENTS_RATE = "5/h"
WAGTAIL_MASSAGE_COMMENTS_MIN_SECONDS = 0
