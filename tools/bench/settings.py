"""The project's own settings as on a server (DEBUG off), on an address without TLS."""

import os
from pathlib import Path

os.environ["DEBUG"] = "false"
os.environ["BEHIND_TLS"] = "false"
os.environ.setdefault("SECRET_KEY", os.urandom(32).hex())

from kommuneplan.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["BENCH_DIRECTORY"]) / "static"
MEDIA_ROOT = Path(os.environ["BENCH_DIRECTORY"]) / "files"
CONN_MAX_AGE = None
if os.environ.get("BENCH_CACHE") == "off":
    _nothing = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    CACHES = {"default": _nothing, "searched": _nothing}
