"""The door for a WSGI server such as gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommuneplan.settings")

application = get_wsgi_application()

# What has been loaded now lives as long as the process: the garbage collector need not go through
# it again and again. It took a third of the time of a page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
