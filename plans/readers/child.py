"""The limited process: bytes on standard input, JSON rows on standard output.

Run as ``python -m plans.readers.child docx|pdf|html|word``; imports nothing of Django.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from kommuneplan.uploads.sandbox import limit

from .files.deadline import OPENING
from .files.source import RefusedFile, RowCollector, row_to_json

MEMORY_BYTES = 400_000_000


def read(format: str, data: bytes) -> RowCollector:
    if format == "docx":
        from .files.docx import read_docx

        return read_docx(data)
    if format == "pdf":
        from .files.pdf import read_pdf

        return read_pdf(data)
    from .files.text import read_html

    return read_html(data.decode("utf-8"))


def read_whole_text(data: bytes) -> dict[str, Any]:
    from .word_text.reader import read_word

    return read_word(data).to_json()


def main() -> None:
    limit(memory=MEMORY_BYTES, cpu_seconds=OPENING)
    answer: dict[str, object]
    try:
        if sys.argv[1] == "word":
            answer = {"word": read_whole_text(sys.stdin.buffer.read())}
        else:
            read_in = read(sys.argv[1], sys.stdin.buffer.read())
            answer = {
                "rows": [row_to_json(row) for row in read_in.rows],
                "unread": read_in.unread,
                "seconds": time.process_time(),
            }
    except RefusedFile as refused:
        answer = {"refused": refused.source, "params": refused.params}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
