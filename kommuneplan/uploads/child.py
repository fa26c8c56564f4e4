"""The limited process: bytes on standard input, JSON on standard output.

Run as ``python -m kommuneplan.uploads.child check KIND`` or ``… pdf|docx|odt``: ``check`` tells
whether a file may be kept, the others what stands in the way of its readers.
"""

from __future__ import annotations

import json
import sys

from .sandbox import limit

MEMORY_BYTES = 700_000_000
CPU_SECONDS = 15


def _barriers(kind: str, data: bytes) -> list[tuple[str, int]]:
    try:
        if kind == "pdf":
            from .pdf import barriers

            return barriers(data)
        from .office import docx_barriers, odt_barriers

        return docx_barriers(data) if kind == "docx" else odt_barriers(data)
    except MemoryError:
        raise
    except Exception:  # whatever a library makes of a bad file
        return [("unread", 0)]


def main() -> None:
    limit(memory=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    data = sys.stdin.buffer.read()
    answer: dict[str, object]
    if sys.argv[1] == "check":
        from .contents import trouble

        answer = {"code": trouble(sys.argv[2], data)}
    else:
        answer = {"barriers": _barriers(sys.argv[1], data)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
