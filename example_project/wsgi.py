"""The demo site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "example_project.settings"

application = get_wsgi_application()
