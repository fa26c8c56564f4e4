"""Whether a public page is still as it was: one light question to the database.

The page of a plan shows the plan's family, what has replaced its members, what the bodies have
decided, the plan's own earlier publications, what was hidden in them, and the municipality's name
and colour. Here exactly these are asked for, as rows in plain SQL: building and compiling the
querysets of ``publications`` would take longer than the rest of answering from the cache. Which
publication is visible follows from the instant that is given, so a page that is scheduled appears
in time without a job.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from kommuneplan.clock import local_day
from plans.consultations import rounds

# Publications of the family (all that have been visible), and of the adopted plans that replace
# one of its members. Comparisons with the instant are columns: they change when time passes.
# The municipality stands beside the newest publication alone, for the rows to be short.
_FAMILY = """
WITH top AS (
    SELECT COALESCE(root_id, id) AS id FROM plans_plan WHERE slug = %(slug)s
), family AS (
    SELECT id FROM top
    UNION ALL
    SELECT member.id FROM plans_plan member JOIN top ON member.root_id = top.id
), shown AS (
    SELECT id FROM family
    UNION
    SELECT r.from_plan_id FROM plans_plan_replaces r JOIN family ON family.id = r.to_plan_id
)
SELECT plan.slug, plan.parent_id, plan.repealed_on, plan.expires_on,
       publication.id, version.public_number, publication.version_id,
       publication.superseded_at IS NULL OR publication.superseded_at > %(at)s,
       publication.withdrawn_at IS NULL OR publication.withdrawn_at > %(at)s,
       publication.former_number,
       (SELECT SUM(r.id) FROM plans_plan_replaces r WHERE r.from_plan_id = publication.plan_id),
       (SELECT MAX(r.id) FROM plans_redaction r WHERE r.plan_id = publication.plan_id),
       CASE WHEN publication.superseded_at IS NULL OR publication.superseded_at > %(at)s
            THEN {rounds} END,
       CASE WHEN publication.superseded_at IS NULL OR publication.superseded_at > %(at)s
            THEN {decided} END,
       municipality.*
FROM plans_publication publication
JOIN plans_plan plan ON plan.id = publication.plan_id
JOIN plans_planversion version ON version.id = publication.version_id
LEFT JOIN core_municipality municipality ON municipality.id = 1 AND plan.slug = %(slug)s
      AND (publication.superseded_at IS NULL OR publication.superseded_at > %(at)s)
WHERE publication.plan_id IN (SELECT id FROM shown)
  AND publication.audience = 'public'
  AND publication.visible_from <= %(at)s
  AND plan.retired_at IS NULL
ORDER BY publication.id
"""
# What was decided, begun, submitted and taken back; which of it is told, the page says.
_DECIDED = """(
    SELECT COUNT(*) || '-' || COALESCE(SUM(cycle.version), 0) || '-' ||
           COALESCE(SUM((SELECT SUM(treatment.version + body.version)
                         FROM plans_matterplan matter
                         JOIN plans_treatment treatment ON treatment.matter_id = matter.matter_id
                         JOIN core_body body ON body.id = treatment.body_id
                         WHERE matter.cycle_id = cycle.id AND treatment.outcome <> '')), 0)
    FROM plans_cycle cycle WHERE cycle.plan_id = plan.id
)"""
_SLUG, _NUMBER, _IS_NEWEST, _IS_OPEN, _FORMER = 0, 5, 7, 8, 9  # places in a row


@cache
def _family() -> str:
    return _FAMILY.replace("{rounds}", rounds().beat).replace("{decided}", _DECIDED)


@dataclass(frozen=True, slots=True)
class Pulse:
    """A fingerprint of everything a plan's pages show, and whether there is a page at all."""

    key: str
    is_published: bool
    open: frozenset[int] = frozenset()  # numbers of the versions that can be opened
    withdrawn: frozenset[int] = frozenset()  # and of those that once could, and cannot now
    former: Mapping[int, int] = field(default_factory=dict)  # what is now another's number


def pulse(slug: str, *, at: dt.datetime) -> Pulse:
    """The state of a plan's public pages at an instant, in one query."""
    instant = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_family(), {"slug": slug, "at": instant})
        rows = cursor.fetchall()
    own = [row for row in rows if row[_SLUG] == slug]
    opens = frozenset(row[_NUMBER] for row in own if row[_IS_OPEN])
    former = {row[_FORMER]: row[_NUMBER] for row in own if row[_IS_OPEN] and row[_FORMER]}
    numbers = frozenset(one for row in own for one in (row[_NUMBER], row[_FORMER]) if one)
    facts = (slug, rows, local_day(at), get_language(), settings.CODE_REVISION)
    return Pulse(
        key=hashlib.sha256(repr(facts).encode()).hexdigest()[:32],
        is_published=any(row[_IS_NEWEST] and row[_IS_OPEN] for row in own),
        open=opens,
        withdrawn=numbers - opens - former.keys(),
        former=former,
    )
