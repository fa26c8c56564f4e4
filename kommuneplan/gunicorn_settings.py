"""How gunicorn serves the house: ``gunicorn -c python:kommuneplan.gunicorn_settings
kommuneplan.wsgi``. A proxy such as nginx stands in front and takes requests in (docs/drift.md).

Every name below that gunicorn knows is a setting of it; what differs between machines comes from
the environment (or a file ``.env``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from environs import Env
from gunicorn.glogging import Logger

from kommuneplan.logs import WithoutSecrets


class LoggerWithoutSecrets(Logger):  # type: ignore[misc]
    """gunicorn's two logs, which it writes past Django's: they leave secrets out as well."""

    def setup(self, cfg: Any) -> None:
        """Put the filter before everything that is written, also after a reload."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                if not any(isinstance(one, WithoutSecrets) for one in handler.filters):
                    handler.addFilter(WithoutSecrets())


_env = Env()
_env.read_env(Path(__file__).resolve().parent.parent / ".env", recurse=False)

bind = _env.str("WEB_BIND", "127.0.0.1:8000")
workers = _env.int("WEB_WORKERS", (os.cpu_count() or 1) + 1)
# A page that waits (for the database, a mail server, a sandbox) keeps a thread, not a worker.
worker_class = "gthread"
threads = _env.int("WEB_THREADS", 4)

timeout = 60  # seconds without a sign of life of a worker: it is ended and another one begins
graceful_timeout = 30  # to end what is being answered when the house is closed or upgraded
keepalive = 75  # longer than the proxy keeps a line (60), so that none is cut off under a request
# What a worker has come to hold goes with it; they do not all go at once.
max_requests = 2_000
max_requests_jitter = 400
# A sign of life is a write: not to a disk that may be slow.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  (memory)
control_socket_disable = True

limit_request_line = 8_190  # the code a sign-in comes back with is some thousand letters
limit_request_fields = 60
limit_request_field_size = 8_190

# Whom the house believes about TLS and addresses is said in one place, the settings: gunicorn would
# believe any proxy on the same machine.
secure_scheme_headers: dict[str, str] = {}

logger_class = LoggerWithoutSecrets
accesslog = "-"
# Neither what was asked for behind "?" nor the page before: both may hold a secret.
access_log_format = '%(h)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms'
