"""What every install shape shares. Each sibling module is a site that installs other rooms of the package."""

import os
from pathlib import Path

import wagtail

WAGTAIL_8 = wagtail.VERSION >= (8, 0)

SECRET_KEY = "only-for-the-tests-of-wagtail-massage-0123456789-abcdefghij"
DEBUG = False
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.projects.urls"
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MASSAGE_TEST_MEDIA", "var/test-media")).absolute()
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"  # a site's own choice must make no drift in our migrations
WAGTAIL_SITE_NAME = "Test site"
WAGTAILADMIN_BASE_URL = "http://testserver"
# The default of Django 5.2 and 6.0; from 6.1 on no mail is sent where nothing is said of mail servers.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

CORE_APPS = [
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

if WAGTAIL_8:
    CORE_APPS.insert(CORE_APPS.index("wagtail"), "wagtail.api.v3")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database() -> dict:
    """SQLite, or what `make postgres` or `make mariadb` has started and named in MASSAGE_TEST_*."""
    if port := os.environ.get("MASSAGE_TEST_POSTGRES_PORT"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "massage",
            "USER": "postgres",
            "HOST": os.environ.get("MASSAGE_TEST_POSTGRES_HOST", "127.0.0.1"),
            "PORT": port,
        }
    if port := os.environ.get("MASSAGE_TEST_MARIADB_PORT"):
        return {
            "ENGINE": "django.db.backends.mysql",
            "NAME": "massage",
            "USER": "root",
            "HOST": "127.0.0.1",
            "PORT": port,
        }
    name = os.environ.get("MASSAGE_TEST_SQLITE", ":memory:")
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "TEST": {"NAME": name}}


DATABASES = {"default": _database()}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}
