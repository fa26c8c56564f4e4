"""``python -m tools.bench``: requests a second of the public pages, beside a bare Django app.

A database, three servers and a client of its own; all gone when it ends. The ratio is to the bare
app driven just before and after, in the same round; "CPU ms" is the server's processor time for
one request and "by CPU" the ratio of those, which other work on the machine disturbs less.
``queries`` are those of a second visit; the rows marked "no cache" show what the cache saves. The
client shares the cores with the servers, for both apps alike.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

_HEAD = ("address", "req/s", "ratio", "p50 ms", "p99 ms", "CPU ms", "by CPU", "queries", "KB")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Measure the public pages beside a bare Django app"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on one line")
    parser.add_argument("--quick", action="store_true", help="few plans, one short round")
    parser.add_argument("--seconds", type=float, help="how long to ask each address")
    parser.add_argument("--rounds", type=int, help="how many rounds")
    return parser.parse_args()


def main(options: argparse.Namespace) -> int:
    from tools.bench.run import BenchPlan, run

    plan = BenchPlan.quick() if options.quick else BenchPlan()
    plan.seconds = options.seconds or plan.seconds
    plan.rounds = options.rounds or plan.rounds
    told = run(plan, lambda text: print(f"── {text}", file=sys.stderr, flush=True))
    if options.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        show(told)
    return int(any(row["problem"] or row["errors"] for row in told["rows"]))


def show(told: dict[str, Any]) -> None:
    """The figures as a table."""
    print(
        f"{told['plans']} plans on {told['database']}; the plan page has "
        f"{told['milestones']} milestones, {told['sections']} sections and "
        f"{told['versions']} versions. gunicorn, {told['workers']} sync workers, "
        f"{told['cores']} cores; the client ({told['client']}) used at most "
        f"{told['client_cpu_at_most']:.0%} of one core."
    )
    print("{:34}{:>9}{:>8}{:>9}{:>9}{:>8}{:>8}{:>9}{:>8}".format(*_HEAD))
    for row in told["rows"]:
        name = row["name"] + ("" if row["cache"] else " (no cache)")
        if row["problem"]:
            print(f"{name:34}  {row['problem']}: {row['path']}")
            continue
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
        by_cpu = "" if row["cpu_ratio"] is None else f"{row['cpu_ratio']:.2f}"
        errors = f"  {row['errors']} errors" if row["errors"] else ""
        print(
            f"{name:34}{row['per_second']:>9.0f}{ratio:>8}{row['p50_ms']:>9.2f}"
            f"{row['p99_ms']:>9.2f}{row['cpu_ms']:>8.2f}{by_cpu:>8}{row['queries']:>9}"
            f"{row['bytes'] / 1000:>8.1f}{errors}"
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kommuneplan.settings")
    sys.exit(main(arguments()))
