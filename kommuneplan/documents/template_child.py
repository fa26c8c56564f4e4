"""The limited process for Word templates: bytes on standard input, what is wrong with them as JSON.

Run as ``python -m kommuneplan.documents.template_child memo|plan|report|paper``. The parent asks it
with ``template_check.problems_in``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kommuneplan.uploads.sandbox import limit

MEMORY_BYTES = 700_000_000
CPU_SECONDS = 15
LOCALE = Path(__file__).resolve().parents[1] / "locale"


def _speak_danish() -> None:
    """The sentences, without the house's settings and secrets."""
    import django
    from django.conf import settings
    from django.utils import translation

    settings.configure(LANGUAGE_CODE="da", USE_I18N=True, LOCALE_PATHS=[LOCALE])
    django.setup()
    translation.activate("da")


def _problems(kind: str, data: bytes) -> list[str]:
    if kind == "memo":
        from .memo_check import template_problems
    elif kind == "plan":
        from .whole_check import template_problems
    elif kind == "paper":
        from .agenda_paper_check import template_problems
    else:
        from .report_check import template_problems
    return template_problems(data)


def main() -> None:
    limit(memory=MEMORY_BYTES, cpu_seconds=CPU_SECONDS)
    data = sys.stdin.buffer.read()
    _speak_danish()
    sys.stdout.write(json.dumps({"problems": _problems(sys.argv[1], data)}))


if __name__ == "__main__":
    main()
