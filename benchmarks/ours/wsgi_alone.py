"""What gunicorn serves of a site without comments."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.ours.alone"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
