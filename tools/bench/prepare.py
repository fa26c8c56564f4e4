"""``python -m tools.bench.prepare``: tables, demo, the blown-up data; then counts queries.

Runs in a process of its own with the settings that are measured. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo", verbosity=0, stdout=sys.stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(json.dumps(fill(int(os.environ["BENCH_PLANS"]))))


def fill(plans: int) -> dict[str, Any]:
    """The data, and what each address asks of the database."""
    from plans.demo import loading
    from plans.models import Plan
    from tools.bench import data

    loading.load_plans(data.plan(number) for number in range(plans - 1 - Plan.objects.count()))
    loading.load_plans([data.big_plan()])
    data.make_table()
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    big = Plan.objects.get(slug=data.BIG)
    return {
        "plans": Plan.objects.count(),
        "milestones": big.cycles.get().milestones.count(),
        "sections": big.sections.count(),
        "versions": big.versions.count(),
        "addresses": addresses(data.BIG),
    }


def addresses(slug: str) -> list[dict[str, Any]]:
    """The addresses that are measured: name, path, headers, status, and queries asked.

    ``queries`` is of a second visit, ``cold`` of the first.
    """
    from django.test import Client

    from tools.bench import answers

    times = int(os.environ.get("BENCH_ROUNDS", "1"))
    posts = answers.posts(begun=500 * times, kept=2000 * times, sent=300 * times)
    plan = f"/planer/{slug}/"
    etag = Client(headers={"host": "127.0.0.1"}).get(plan).headers.get("ETag", "")
    front = Client(headers={"host": "127.0.0.1"}).get("/").content.decode()
    css = re.search(r'href="(/static/[^"]+\.css)"', front)
    wanted = [
        ("front page", "/", {}, 200),
        ("list of 25 plans", "/planer/", {}, 200),
        ("list with a search", "/planer/?q=bolig", {}, 200),
        ("calendar page", "/kalender/", {}, 200),
        ("list of consultations", "/hoeringer/", {}, 200),
        *_of_a_consultation(),
        ("plan page", plan, {}, 200),
        ("plan page, not modified", plan, {"If-None-Match": etag}, 304),
        ("a publication", f"{plan}versioner/10/", {}, 200),
        ("calendar of the plan", f"{plan}kalender.ics", {}, 200),
        ("calendar of all", "/kalender.ics", {}, 200),
        ("health", "/healthz", {}, 200),
    ]
    pages = [*(_measured(*row) for row in wanted), _style_sheet(css[1] if css else "/static/")]
    return [*pages, *posts]


def _of_a_consultation() -> list[tuple[str, str, dict[str, str], int]]:
    """The pages of the round in the demo that has a report, or else of any there is."""
    from consultations.models import Round
    from kommuneplan import clock

    rows = Round.objects.public(at=clock.now())
    round = rows.filter(reports__published_at__isnull=False).first() or rows.first()
    if round is None:
        return []
    page = f"/hoeringer/{round.slug}/"
    found = [("a consultation", page, {}, 200)]
    response = round.responses.shown(at=clock.now()).first()
    if response is not None:
        found.append(("a response", f"{page}svar/{response.number}/", {}, 200))
    if round.reports.filter(published_at__isnull=False).exists():
        found.append(("report of a consultation", f"{page}notat/", {}, 200))
    return found


def _style_sheet(path: str) -> dict[str, Any]:
    """Served in front of Django (see wsgi.py), so there is no query to count."""
    from django.contrib.staticfiles import finders

    plain = re.sub(r"\.[0-9a-f]{12}(\.[^.]+)$", r"\1", path.removeprefix("/static/"))
    found = finders.find(plain)
    size = Path(found).stat().st_size if found else 0
    status = 200 if size else 404
    return {
        "name": "style sheet",
        "path": path,
        "headers": {},
        "status": 200,
        "found": status,
        "bytes": size,
        "cold": 0,
        "queries": 0,
    }


def _measured(name: str, path: str, headers: dict[str, str], status: int) -> dict[str, Any]:
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    cache.clear()
    counts, answer = [], None
    for _visit in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = Client(headers={"host": "127.0.0.1", **headers}).get(path)
        counts.append(len(queries))
    assert answer is not None
    return {
        "name": name,
        "path": path,
        "headers": headers,
        "status": status,
        "found": answer.status_code,
        "bytes": len(b"".join(answer) if answer.streaming else answer.content),
        "cold": counts[0],
        "queries": counts[1],
    }


if __name__ == "__main__":
    main()
