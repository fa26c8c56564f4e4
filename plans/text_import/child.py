"""The limited process that reads a paste: a line of JSON and the HTML on standard input, JSON on
standard output.

Run as ``python -m plans.text_import.child``; imports nothing of Django.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from kommuneplan.uploads.sandbox import limit
from plans.readers.clipboard.reader import read_clipboard
from plans.readers.files.source import RefusedFile

from .pasting import pasted

MEMORY_BYTES = 400_000_000
CPU_SECONDS = 5  # thirty pages take half a second


def main() -> None:
    limit(memory=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    asked = json.loads(sys.stdin.buffer.readline())
    html = sys.stdin.buffer.read().decode()
    answer: dict[str, Any]
    try:
        answer = pasted(read_clipboard(html, asked["home"]), letter=asked["letter"]).to_json()
    except RefusedFile as refused:
        answer = {"refused": refused.source, "params": refused.params}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
