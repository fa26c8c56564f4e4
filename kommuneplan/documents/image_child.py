"""The limited process for images: bytes on standard input, the image written anew as JSON.

Run as ``python -m kommuneplan.documents.image_child``; imports nothing of Django.
"""

from __future__ import annotations

import base64
import json
import sys

from kommuneplan.uploads.sandbox import limit

from .images import Broken, TooManyPixels, written_anew

MEMORY_BYTES = 700_000_000
CPU_SECONDS = 15


def main() -> None:
    limit(memory=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    answer: dict[str, object]
    try:
        image = written_anew(sys.stdin.buffer.read())
    except TooManyPixels:
        answer = {"code": "pixels"}
    except Broken:
        answer = {"code": "broken"}
    else:
        data = base64.b64encode(image.data).decode()
        size = {"width": image.width, "height": image.height}
        answer = {"data": data, "type": image.content_type, **size}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
