"""The door for a WSGI server such as gunicorn."""

import gc
import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommuneplan.settings")

NAMED_BY_CONTENT = r"\.[0-9a-f]{12}\.[^./]+$"


def never_guessed(headers: Any, path: str, url: str) -> None:
    """A static file is what it says it is."""
    headers["X-Content-Type-Options"] = "nosniff"


application = get_wsgi_application()
if not settings.DEBUG:
    # In front of Django, so that a style sheet costs no request. In development the middleware
    # serves what the finders find.
    application = WhiteNoise(
        application,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        immutable_file_test=NAMED_BY_CONTENT,
        add_headers_function=never_guessed,
    )

# What has been loaded now lives as long as the process: the garbage collector need not go through
# it again and again. It took a third of the time of a page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
