"""The project's own settings, on a machine of one's own: also what a test starts asks for DEBUG."""

import os

os.environ.setdefault("DEBUG", "true")

from kommuneplan.settings import *  # noqa: F403
