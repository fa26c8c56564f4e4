"""One number for a version: the public's, given when it was first published to everybody.

Until now each publication had a number of its own, so a version that was published again had two.
The first of them is now the version's; the others are kept as former numbers, whose addresses
lead on. No address shows another version than before, so old series may have gaps.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Min, OuterRef, Q, Subquery


class AddFieldBefore(migrations.AddField):
    """Adds a field in the order of the model: SQLite walks through a long text to reach the
    columns behind it. The constraint that follows rebuilds the table in that order."""

    before = "title"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Move the new field to its place among the others."""
        super().state_forwards(app_label, state)
        fields = state.models[app_label, self.model_name_lower].fields
        new = fields.pop(self.name)
        ordered = {}
        for name, field in fields.items():
            if name == self.before:
                ordered[self.name] = new
            ordered[name] = field
        fields.clear()
        fields.update(ordered)
        state.reload_model(app_label, self.model_name_lower, delay=True)


def number_versions(apps: Any, schema_editor: Any) -> None:
    """Give each version that everybody could read, or is to read, its first number."""
    version, publication = (apps.get_model("plans", n) for n in ("PlanVersion", "Publication"))
    never_opened = Q(withdrawn_at__isnull=False, withdrawn_at__lte=F("visible_from"))
    opened = publication.objects.filter(audience="public").exclude(never_opened)
    first = opened.order_by().values("version").annotate(number=Min("former_number"))
    for row in first:
        version.objects.filter(pk=row["version"]).update(public_number=row["number"])
    own = version.objects.filter(pk=OuterRef("version")).values("public_number")[:1]
    for rows in (publication, apps.get_model("plans", "HistoricalPublication")):
        rows.objects.filter(former_number=Subquery(own)).update(former_number=None)


def number_publications(apps: Any, schema_editor: Any) -> None:
    """Count the publications of each plan again."""
    publication = apps.get_model("plans", "Publication")
    publication.objects.update(former_number=None)
    count: dict[int, int] = {}
    for row in publication.objects.filter(audience="public").order_by("pk"):
        count[row.plan_id] = count.get(row.plan_id, 0) + 1
        publication.objects.filter(pk=row.pk).update(former_number=count[row.plan_id])


def _former() -> models.PositiveIntegerField:
    return models.PositiveIntegerField(
        blank=True, editable=False, null=True, verbose_name="former public number"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0004_follows_consultation"),
    ]

    operations = [
        migrations.RemoveConstraint("publication", "plans_publication_number_once"),
        migrations.RemoveConstraint("publication", "plans_publication_number_when_public"),
        migrations.RenameField("publication", "number", "former_number"),
        migrations.RenameField("historicalpublication", "number", "former_number"),
        migrations.AlterField("publication", "former_number", _former()),
        migrations.AlterField("historicalpublication", "former_number", _former()),
        AddFieldBefore(
            "planversion",
            "public_number",
            models.PositiveIntegerField(
                blank=True, editable=False, null=True, verbose_name="public number"
            ),
        ),
        migrations.RunPython(number_versions, number_publications),
        migrations.AddConstraint(
            "planversion",
            models.UniqueConstraint(
                fields=("plan", "public_number"), name="plans_version_public_number_once"
            ),
        ),
        migrations.AddConstraint(
            "publication",
            models.UniqueConstraint(
                fields=("plan", "former_number"), name="plans_publication_former_number_once"
            ),
        ),
        migrations.AddConstraint(
            "publication",
            models.CheckConstraint(
                name="plans_publication_former_number_public",
                condition=Q(audience="public") | Q(former_number__isnull=True),
            ),
        ),
    ]
