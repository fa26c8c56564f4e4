"""The project's own settings, on a machine of one's own: also what a test starts asks for DEBUG."""

import os

os.environ.setdefault("DEBUG", "true")

from kommuneplan.settings import *  # noqa: F403
from kommuneplan.settings import DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Nobody pulls the plug of a test run, and a process that is killed loses nothing by this; on
    # PostgreSQL the server of the tests is told the same (``tools/postgresql.py``).
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
