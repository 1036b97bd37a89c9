"""The demo site. It keeps what it makes in one folder and takes no database address from its surroundings."""

import os
from pathlib import Path

from .keeping import home_folder, kept_secret

VAR = home_folder()
PORT = os.environ.get("MASSAGE_DEMO_PORT", "8000")
# The front end in Node, on an origin of its own; empty where it does not run.
FRONTEND = os.environ.get("MASSAGE_DEMO_FRONTEND", "")

SECRET_KEY = kept_secret(VAR / "secret-key")
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]  # the content is in one language, whatever the browser asks for
ROOT_URLCONF = "example_project.urls"
WSGI_APPLICATION = "example_project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGIN_URL = "wagtailadmin_login"  # where comments are for members only; the demo has no other accounts
WAGTAIL_SITE_NAME = "Otterfold (demo)"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # the demo asks nobody else for anything
WAGTAILADMIN_BASE_URL = f"http://localhost:{PORT}"
WAGTAIL_MASSAGE_TREATMENTS_CURRENCY = "GBP"
WAGTAIL_MASSAGE_COMMENTS_RETURN_URLS = [f"{FRONTEND}/"] if FRONTEND else []
WAGTAIL_MASSAGE_API_PREVIEW_URL = f"{FRONTEND}/preview" if FRONTEND else ""
# The front end is on this machine, where a real site's webhooks never go.
WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_HTTP = WAGTAIL_MASSAGE_WEBHOOKS_ALLOW_PRIVATE = True

INSTALLED_APPS = [
    "wagtail_massage",
    "wagtail_massage.treatments",
    "wagtail_massage.pages",
    "wagtail_massage.comments",
    "wagtail_massage.importers",
    "wagtail_massage.webhooks",
    "example_project.home",
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
    "corsheaders",
    "ninja",  # brings the API docs' script and style, which would come from a CDN otherwise
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
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

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "demo.sqlite3",
        "OPTIONS": {
            # Readers go on while one visitor writes, and a second writer waits instead of failing.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"

CORS_ALLOWED_ORIGINS = [FRONTEND] if FRONTEND else []
CORS_URLS_REGEX = r"^/api/massage/"
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "idempotency-key"]
CORS_EXPOSE_HEADERS = ["etag", "ratelimit", "ratelimit-policy", "retry-after"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in [Path(__file__).parent / "static"] if folder.is_dir()]
WHITENOISE_USE_FINDERS = True  # straight from the packages: the demo needs no collectstatic
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"

# DEBUG is off, so a fault is written to the console instead of the visitor's browser.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
