"""Our settings without the comments: what is compared where a page of HTML is compared with a page that has none."""

from benchmarks.ours.settings import *  # noqa: F403
from benchmarks.ours.settings import INSTALLED_APPS as _EVERYTHING

INSTALLED_APPS = [app for app in _EVERYTHING if app != "wagtail_massage.comments"]
