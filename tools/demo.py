"""Start the demo: the municipality with its plans, in SQLite (or in ``DATABASE_URL``).

What is changed in the demo is kept: a second start only brings the tables up to date and loads
what is missing. ``PORT=8001 make demo`` takes another port.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time

from tools.common import MANAGE, ROOT, end_on_signals, give_up, say

HOST = "127.0.0.1"
PORT = os.environ.get("PORT", "8000")
PATIENCE = 10  # seconds for a process to end in order

# A line for each process of the demo: the server, and the worker for mail and long documents.
PROCESSES = [
    [*MANAGE, "runserver", "--noreload", "--skip-checks", f"{HOST}:{PORT}"],
    [*MANAGE, "worker"],
]
# The demo sends nothing into the world: each mail becomes a file.
MAILS = ROOT / "var" / "mails"
SURROUNDINGS = {
    "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "EMAIL_FILE_PATH": str(MAILS),
    "SITE_ADDRESS": f"http://{HOST}:{PORT}",
}


def prepare() -> None:
    """Tables and data, in one process because starting Django twice costs a second."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommuneplan.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo")
    sys.stdout.flush()


def is_listening() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, int(PORT))) == 0


def serve() -> int:
    """Run the processes until one of them ends or Ctrl-C is pressed."""
    around = {**SURROUNDINGS, **os.environ}
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, env=around)
        for command in PROCESSES
    ]
    try:
        while not is_listening() and running[0].poll() is None:
            time.sleep(0.05)
        if running[0].poll() is None:
            say(f"Kommuneplan is on http://{HOST}:{PORT}/   (stop with Ctrl-C)")
            say(f"Mails are not sent; they lie in {MAILS.relative_to(ROOT)}/")
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
        return next(process.returncode for process in running if process.returncode is not None)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


if __name__ == "__main__":
    if is_listening():
        give_up(f"Port {PORT} is taken. Choose another one: PORT=8001 make demo")
    end_on_signals()
    prepare()
    sys.exit(serve())
