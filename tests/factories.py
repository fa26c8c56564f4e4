"""People, a plan and drafts for the tests of importing."""

from __future__ import annotations

import json
from typing import Any

from kommuneplan.core.enums import BodyKind, Role
from kommuneplan.core.models import Body, Membership, User
from plans.enums import PlanKind
from plans.models import Cycle, ImportDraft, Plan, PlanLead
from plans.permissions import bodies_for_new_plans
from plans.process_import.actions import ReadProcessPlan, apply_import, begin_import
from plans.process_import.corrections import NewPlan
from plans.process_import.forms.corrections import RowForm
from plans.process_import.known_bodies import known_bodies
from plans.process_import.merging import import_preview
from plans.process_import.settling import shown_values
from plans.readers.files.text import from_paste
from plans.readers.process_plan.reader import read_process_plan

FIRST = """Procesplan for en strategi for naboskab
Tid\tEmne\tHvem
5. marts 2027\tIndstilling om procesplan\tSocialudvalget
6. april til 30. april 2027\tUdkast til strategi udarbejdes\tSocialforvaltningen
10. maj til 14. juni 2027\tHøring om strategien\tHandicaprådet
27. august 2027\tEndelig vedtagelse af strategien\tSocialudvalget
"""
REVISED = """Procesplan for en strategi for naboskab
Tid\tEmne\tHvem
5. marts 2027\tIndstilling om procesplan\tSocialudvalget
6. april til 30. april 2027\tUdkast til strategi udarbejdes\tSocialforvaltningen
10. maj til 14. juni 2027\tHøring om strategien\tHandicaprådet
24. september 2027\tEndelig vedtagelse af strategien\tSocialudvalget
1. oktober 2027\tOffentligt borgermøde om naboskab\tSocialforvaltningen
"""


def person(name: str, role: Role | None = None, body: Body | None = None, **fields: Any) -> User:
    """Somebody with one role."""
    user = User.objects.create_user(f"{name}@example.org", "hemmelig", name=name, **fields)
    if role:
        Membership.objects.create(user=user, role=role, body=body)
    return user


def committee(name: str = "Socialudvalget", kind: str = BodyKind.COMMITTEE) -> Body:
    """A body, made when it is not there."""
    return Body.objects.filter(name=name).first() or Body.objects.create(name=name, kind=kind)


def secretary(name: str = "sekretær", body: str = "Socialudvalget") -> User:
    """A secretary of a committee."""
    return person(name, Role.SECRETARY, committee(body))


def a_plan(title: str = "Strategi for naboskab", body: str = "Socialudvalget") -> Plan:
    """A plan with an open cycle."""
    plan = Plan.objects.create(title=title, body=committee(body))
    Cycle.objects.create(plan=plan)
    return plan


def lead(plan: Plan, name: str = "tovholder") -> User:
    """A plan's tovholder."""
    user = person(name)
    PlanLead.objects.create(plan=plan, user=user)
    return user


def draft_of(text: str, by: User, plan: Plan | None = None, year: int | None = None) -> ImportDraft:
    """A draft as the first page makes it."""
    read = read_process_plan(from_paste(text), year=year, bodies=known_bodies())
    document = ReadProcessPlan(read, year, pasted=text)
    return begin_import(by=by, read=document, plan=plan, new_plan=NewPlan(kind=PlanKind.STRATEGY))


def look_at(draft: ImportDraft) -> Any:
    """The preview as its owner has it."""
    draft.refresh_from_db()
    return import_preview(draft, bodies_for_plan=bodies_for_new_plans(draft.owner))


def imported(text: str, by: User, plan: Plan | None = None) -> Plan:
    """A plan after an import without corrections."""
    return apply_import(draft=draft_of(text, by, plan), by=by)


def form_data(draft: ImportDraft, **changes: Any) -> dict[str, Any]:
    """What a browser sends from the preview: every row as it is shown, and what was changed.

    Keys of ``changes`` have ``__`` for the hyphen: ``m1__title="…"``.
    """
    look = look_at(draft)
    data: dict[str, Any] = {"row": [], "fingerprint": look.fingerprint}
    for row in look.rows:
        shown = shown_values(row)
        data["row"].append(row.key)
        data[f"{row.key}-seen"] = RowForm(row, None).seen
        for name, value in shown.items():
            if name == "choices":
                data |= {f"{row.key}-choice-{field}": choice for field, choice in value.items()}
            elif value is not False:
                data[f"{row.key}-{name}"] = "on" if value is True else value
    if look.plan is None:
        data |= {"title": look.head.title, "kind": look.head.kind}
        data["body"] = str(look.head.body.uid) if look.head.body else ""
    data |= {key.replace("__", "-"): value for key, value in changes.items()}
    return {key: value for key, value in data.items() if value is not None}


def facts(plan: Plan) -> str:
    """Everything that is said of a plan's milestones, to tell whether anything has changed."""
    rows = [
        [
            str(row.uid), row.version, row.title, row.description, str(row.when), row.written,
            row.kind,
            sorted(body.name for body in row.bodies.all()), row.others, row.imported, row.state,
            row.phase and row.phase.title, row.conditional, row.is_public, row.date_changes.count(),
        ]
        for cycle in plan.cycles.all()
        for row in cycle.milestones.order_by("pk")
    ]  # fmt: skip
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)
