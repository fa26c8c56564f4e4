"""The limited process: bytes on standard input, JSON rows on standard output.

Run as ``python -m plans.readers.child docx|pdf|html|word``; imports nothing of Django.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from plans.readers.source import RefusedFile, RowCollector, row_to_json

MEMORY_BYTES = 400_000_000
CPU_SECONDS = 3


def limit() -> None:
    """Memory beyond what the interpreter uses already, processor time, and no files written."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    in_use = int(pages) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + MEMORY_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(format: str, data: bytes) -> RowCollector:
    if format == "docx":
        from plans.readers.docx import read_docx

        return read_docx(data)
    if format == "pdf":
        from plans.readers.pdf import read_pdf

        return read_pdf(data)
    from plans.readers.text import read_html

    return read_html(data.decode("utf-8"))


def read_whole_text(data: bytes) -> dict[str, Any]:
    from plans.readers.word.reading import read_word

    return read_word(data).to_json()


def main() -> None:
    limit()
    answer: dict[str, object]
    try:
        if sys.argv[1] == "word":
            answer = {"word": read_whole_text(sys.stdin.buffer.read())}
        else:
            read_in = read(sys.argv[1], sys.stdin.buffer.read())
            answer = {
                "rows": [row_to_json(row) for row in read_in.rows],
                "unread": read_in.unread,
            }
    except RefusedFile as refused:
        answer = {"refused": refused.source, "params": refused.params}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
