"""Every place that can hold personal data is declared, and no place that does not exist."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from kommuneplan.core.models import User
from kommuneplan.core.privacy.places import DataPlace, ErasureAct, declare, places

FREE_TEXT_FROM = 60  # letters; shorter ones hold codes
NOT_PERSONAL_NAMES = {
    "digest": "a digest",
    "left_digest": "a digest",
    "sha256": "a digest",
    "salt": "random",
    "anchor": "random",
    "wanted_anchor": "random",
    "changed_anchor": "random",
    "session_hash": "a digest",
    "history_type": "a sign",
    "slug": "made from the title of a plan or the name of a body, which are declared",
}
NOT_PERSONAL = {
    "core.Job.sender": "the uid of the thing it was handed in with",
    "auth.Group.name": "groups are not used",
    "auth.Permission.name": "written by Django",
    "auth.Permission.codename": "written by Django",
    "contenttypes.ContentType.app_label": "written by Django",
    "contenttypes.ContentType.model": "written by Django",
    "admin.LogEntry.object_id": "a number",
    "core.Body.sort_key": "from the name of a body",
    "core.HistoricalBody.sort_key": "from the name of a body",
    "core.StoredFile.content_type": "a media type",
    "core.HistoricalStoredFile.content_type": "a media type",
    "plans.PlanVersion.parts": "names of parts",
    "plans.Treatment.marked": "uids of milestones",
    "plans.HistoricalTreatment.marked": "uids of milestones",
    "consultations.Redaction.place": "a path in a response",
    "consultations.HistoricalRedaction.place": "a path in a response",
    "consultations.KeptFinding.place": "a path in a response",
    "consultations.Remark.place": "a path in a response",
    "consultations.HistoricalRemark.place": "a path in a response",
}


def every_field() -> dict[str, models.Field]:
    """Every column and many-to-many of every installed model, history tables included."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            found[f"{model._meta.app_label}.{model.__name__}.{field.name}"] = field
    return found


def can_hold_personal_data(name: str, field: models.Field) -> bool:
    if name in NOT_PERSONAL or field.name in NOT_PERSONAL_NAMES or field.choices:
        return False
    if field.related_model is User:
        return True
    if name.startswith("core.User.") and field.name in {"groups", "user_permissions"}:
        return True
    if isinstance(field, models.CharField):
        return isinstance(field, models.EmailField | models.URLField) or (
            not isinstance(field, models.SlugField)
            and (field.max_length or FREE_TEXT_FROM) >= FREE_TEXT_FROM
        )
    free = models.TextField | models.JSONField | models.FileField | models.GenericIPAddressField
    return isinstance(field, free)


def test_every_place_that_can_hold_personal_data_is_declared():
    holders = {name for name, field in every_field().items() if can_hold_personal_data(name, field)}
    assert sorted(holders - places.keys()) == []


def test_nothing_is_declared_that_does_not_exist():
    assert sorted(places.keys() - every_field().keys()) == []


def test_every_field_of_a_person_is_declared():
    technical = {"id", "uid", "is_active", "is_staff", "is_superuser"}
    own = {f"core.User.{field.name}" for field in User._meta.get_fields() if field.concrete}
    assert sorted(own - places.keys()) == sorted(f"core.User.{name}" for name in technical)


def test_history_tables_hold_what_their_models_hold():
    for name, field in every_field().items():
        app, model, column = name.split(".")
        original = f"{app}.{model.removeprefix('Historical')}.{column}"
        if model.startswith("Historical") and original in places and field.name == column:
            assert places[name].act == places[original].act, name


@pytest.mark.parametrize("name", sorted(places))
def test_each_declaration_names_its_ground_in_law(name):
    place = places[name]
    assert place.ground.startswith("GDPR art. ")
    assert place.act in ErasureAct
    assert place.term is None or place.term.days >= 0


def test_a_place_is_declared_once():
    with pytest.raises(ValueError, match=r"core\.User\.email"):
        declare(DataPlace("core.User.email", ErasureAct.ERASE, "GDPR art. 6(1)(e)"))
