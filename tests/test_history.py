"""What people change leaves a history; nothing may change a tracked row behind its back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from kommuneplan.core.models import User
from plans.history.kinds import KINDS, NOT_TOLD, field_label, told_fields

ROOT = Path(__file__).resolve().parent.parent
OUR_APPS = ("core", "plans", "consultations")

UNTRACKED = {
    "core.ReservedSlug": "only ever grows; a row is never changed",
    "core.Mail": "what became of a mail stands in its own columns, with the times",
    "core.Job": "as Mail: when it began and ended, and how",
    "core.Notice": "follows from an act that has its history; what became of it stands in it",
    "core.NoticeTurnedOff": "what a person wants by mail is theirs alone",
    "core.WorkerBeat": "one row that says when a worker was last alive",
    "core.Erasure": "only ever grows; a row is never changed",
    "plans.Follower": "an address, and until when it was told: the person's alone",
    "plans.Following": "what an address follows: the person's alone",
    "plans.DeskVisit": "private: when a person was last here is nobody else's",
    "plans.PlanVersion": "frozen: never changed, and sealed",
    "plans.VersionBlock": "frozen with its version, and sealed",
    "plans.SectionDraft": "words not saved yet, their writer's alone",
    "plans.StatusDraft": "as SectionDraft",
    "plans.StatusReportDraft": "as SectionDraft",
    "plans.PaperDraft": "as SectionDraft",
    "plans.SectionImage": "never changed: another image is another row",
    "plans.VersionImage": "frozen with its version",
    "plans.FrozenMilestone": "repeats what its version holds",
    "plans.SearchEntry": "made from what is published, and made anew whenever that changes",
    "plans.LastRead": "where a reader left off: nobody else may know it",
    "plans.PrivateNote": "a member's own words for themselves: nobody else may know them",
    "consultations.RoundEvent": "is itself a history: only ever grows",
    "consultations.PersonalLink": "digests of links that were sent; never changed",
    "consultations.ResponseDraft": "words not sent yet, their writer's alone",
    "consultations.DraftAnswer": "as ResponseDraft",
    "consultations.DraftRemark": "as ResponseDraft",
    "consultations.DraftFile": "as ResponseDraft",
    "consultations.ResponseRevision": "what was received: never changed",
    "consultations.KeptFinding": "a decision with who and when, never changed",
    "consultations.OriginalRead": "is itself a log",
    "consultations.WorkKeys": "private: with which keys a person works is nobody else's",
    "consultations.AlikeGroup": "worked out from what was received, and made anew",
    "consultations.AlikeMember": "as AlikeGroup",
}
UNTRACKED_M2M = {
    "core.User.groups": "roles come from memberships, which are tracked; groups are not used",
    "core.User.user_permissions": "as groups",
}

# (file, function, call): why no history is lost there.
_SENDING = "kommuneplan/core/mail/sending.py"
_ERASURE = "kommuneplan/core/privacy/actions.py"
_REDACTING = "plans/versions/actions/redacting.py"
SILENT_WRITES: dict[tuple[str, str, str], str] = {
    (
        _REDACTING,
        "_destroy_quotes",
        "Question.history.filter(id__in=[one.pk for one in questions]).update",
    ): "destroys the quoted words in the history too",
    (
        "consultations/handling/actions/quotes.py",
        "overwrite",
        "Remark.history.filter(round__frozen=version, anchor__in=anchors).exclude(quote='').update",
    ): "as above",
    (
        "consultations/answering/actions/forgetting.py",
        "_forget_networks",
        "begun.update",
    ): "an answer being written has no history; the mark of a network goes, nothing that was typed",
    (
        "kommuneplan/collation.py",
        "sort_anew",
        "rows.filter(pk=key).update",
    ): "the order of a name, which follows from it: called by migrations",
    (_SENDING, "_status", "Email.objects.filter(pk=mail.email_id).update"): "post-office's own row",
    (_SENDING, "empty", "Email.objects.filter(mail__in=mails).update"): "post-office's own row",
    (_ERASURE, "_account", "rows.update"): "an erasure leaves no history of whom it erased",
    (_ERASURE, "_in_text", "model._default_manager.filter(pk=key).update"): "as above",
    (
        "consultations/answering/actions/numbering.py",
        "next_number",
        "Round.objects.filter(pk=round.pk).update",
    ): "the number of the next response, which the history leaves out",
    (
        "consultations/handling/actions/splitting.py",
        "_number",
        "Round.objects.filter(pk=round.pk).update",
    ): "the counter of remarks: that a response is cut is no change of the round",
    (
        "consultations/handling/actions/meetings.py",
        "add_said",
        "Round.objects.filter(pk=round.pk).update",
    ): "as above",
}


def our_models() -> list[type[models.Model]]:
    return [
        model
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "history_object") and "Historical" not in model.__name__
    ]


def is_tracked(model: type[models.Model]) -> bool:
    return hasattr(model._meta, "simple_history_manager_attribute")


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_is_tracked_or_says_why_not(model):
    assert is_tracked(model) != (model._meta.label in UNTRACKED)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_many_to_many_of_a_tracked_model_is_tracked(model):
    if not is_tracked(model):
        assert not model._meta.local_many_to_many
        return
    tracked = {field.name for field in model.history.model._history_m2m_fields}
    for field in model._meta.many_to_many:
        assert field.name in tracked or f"{model._meta.label}.{field.name}" in UNTRACKED_M2M


def test_the_declared_exceptions_exist():
    labels = {model._meta.label for model in our_models()}
    assert labels >= UNTRACKED.keys()
    assert {f"core.User.{field.name}" for field in User._meta.many_to_many} == set(UNTRACKED_M2M)


def test_every_tracked_table_of_plans_is_told_in_the_history_room_or_says_why_not():
    tracked = {model._meta.label for model in our_models() if is_tracked(model)}
    tracked = {label for label in tracked if label.startswith("plans.")}
    told = {kind.model._meta.label for kind in KINDS}
    assert tracked - told - NOT_TOLD.keys() == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_field_that_is_told_has_a_name(kind):
    for name in told_fields(kind.code):
        assert field_label(kind, name).strip()


# Queryset methods that write without save() and so without history


def silent_writes(source: str) -> Iterator[tuple[str, str, int]]:
    """(function, call, line) of every update(), bulk_update() and bulk_create() that could
    touch a tracked model. A dict or digest is updated with a positional argument; a queryset
    only ever with keywords."""
    untracked = tuple(f"{label.rpartition('.')[2]}." for label in UNTRACKED)
    tree = ast.parse(source)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        method = node.func.attr.removeprefix("a")
        receiver = ast.unparse(node.func.value)
        is_update = method in {"update", "_update"} and not node.args
        if is_update and isinstance(node.func.value, ast.Subscript):
            continue  # a dict in something; a sliced queryset refuses to be updated
        if not is_update and method not in {"bulk_update", "bulk_create", "_raw_delete"}:
            continue
        if receiver.startswith(untracked):
            continue
        inside = [f for f in functions if f.lineno <= node.lineno <= (f.end_lineno or 0)]
        name = max(inside, key=lambda f: f.lineno).name if inside else ""
        yield name, f"{receiver}.{node.func.attr}", node.lineno


def sources() -> list[Path]:
    return [
        path
        for package in ("kommuneplan", "plans", "consultations")
        for path in (ROOT / package).rglob("*.py")
        if "migrations" not in path.parts
    ]


def test_no_write_goes_past_the_history():
    found = {
        (str(path.relative_to(ROOT)), name, call): line
        for path in sources()
        for name, call, line in silent_writes(path.read_text(encoding="utf-8"))
    }
    undeclared = [f"{file}:{found[file, name, call]} {call}" for file, name, call in
                  found.keys() - SILENT_WRITES.keys()]  # fmt: skip
    assert undeclared == []
    assert SILENT_WRITES.keys() - found.keys() == set()


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ("Plan.objects.filter(pk=1).update(title='x')", True),
        ("plan.milestones.update(**values)", True),
        ("Milestone.objects.bulk_update(rows, ['title'])", True),
        ("await Plan.objects.aupdate(title='x')", True),
        ("Body.objects.bulk_create(rows)", True),
        ("VersionBlock.objects.bulk_create(rows)", False),
        ("totals.update(more)", False),
        ("digest.update(data)", False),
        ("plan.save()", False),
    ],
)
def test_the_lint_knows_a_silent_write(line, caught):
    assert bool(list(silent_writes(f"async def f():\n    {line}\n"))) is caught
