"""What the Makefile calls. Each module does one job and runs alone: ``python3 -m tools.NAME``.

Set-up and what it imports run before anything is installed: the standard library only. Who uses
them is on a machine of their own, so every tool, and what it starts, asks for DEBUG.
"""

import os

os.environ.setdefault("DEBUG", "true")
