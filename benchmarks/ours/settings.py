"""A site with everything installed. Mails are left to a worker, as on a busy site."""

from pathlib import Path

from benchmarks import database

NAME = "bench_ours"


def media(name: str) -> Path:
    """Return where the pictures of a contender lie."""
    return database.ROOT / "build" / "bench-media" / name


SECRET_KEY = "bench"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "benchmarks.ours.urls"
DATABASES = database.settings(NAME)
USE_TZ = True
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = media(NAME)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WAGTAIL_SITE_NAME = "Benchmark"
WAGTAILADMIN_BASE_URL = "http://localhost"

INSTALLED_APPS = [
    "wagtail_massage",
    "wagtail_massage.treatments",
    "wagtail_massage.pages",
    "wagtail_massage.comments",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
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

TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

# Limits are counted, but not reached.
WAGTAIL_MASSAGE_COMMENTS_RATE = "1000000/s"
WAGTAIL_MASSAGE_COMMENTS_PAGE_RATE = "1000000/s"
WAGTAIL_MASSAGE_COMMENTS_SITE_RATE = "1000000/s"
