"""Django set up, without a connection to any database: what the processes of a race begin from."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
import kommuneplan.urls  # noqa: E402, F401  (everything that would be imported on the way)
