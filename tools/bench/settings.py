"""The project's own settings as on a server (DEBUG off), on an address without TLS."""

import os
from pathlib import Path

os.environ["DEBUG"] = "false"
os.environ["BEHIND_TLS"] = "false"
os.environ.setdefault("SECRET_KEY", os.urandom(32).hex())

from kommuneplan.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["BENCH_DIRECTORY"]) / "static"
CONSULTATION_PROOF_BITS = 0  # the browser's work, not the house's
_ROOM = {"answers": 10**6, "mails": 10**6}  # all answers come from one network
STRANGERS = {scope: {**limits, **_ROOM} for scope, limits in STRANGERS.items()}  # noqa: F405
MEDIA_ROOT = Path(os.environ["BENCH_DIRECTORY"]) / "files"
CONN_MAX_AGE = None
if os.environ.get("BENCH_CACHE") == "off":
    _nothing = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    CACHES = {"default": _nothing, "searched": _nothing}
