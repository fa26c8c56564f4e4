"""The limited process: a line of JSON and the bytes on standard input, findings as JSON.

Run as ``python -m kommuneplan.personal.files.child``; imports nothing of Django.
"""

from __future__ import annotations

import json
import sys

from kommuneplan.uploads.sandbox import limit

from .. import SenderData
from .reading import search

MEMORY_BYTES = 900_000_000
CPU_SECONDS = 20


def main() -> None:
    limit(memory=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    question = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    answer = search(question["name"], data, SenderData.from_json(question["known"]))
    sys.stdout.write(json.dumps(answer.to_json()))


if __name__ == "__main__":
    main()
