"""A draft knows all the open pages in which it is written, not only the last one."""

import hashlib

from django.db import migrations, models


def mark(words):
    """As kommuneplan.keeping had it when this was written."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def with_its_page(apps, schema_editor):
    """The page that wrote a draft last is one of its windows, so that it goes on undisturbed."""
    for row in apps.get_model("plans", "SectionDraft").objects.exclude(page=""):
        _keep(row, {"title": row.title, "text": row.text})
    for row in apps.get_model("plans", "StatusDraft").objects.exclude(page=""):
        _keep(row, row.fields)


def _keep(row, words):
    row.windows = {
        row.page: {
            "sequence": row.sequence,
            "at": row.saved_at.isoformat(),
            "wrote": {name: mark(said) for name, said in words.items()} if row.is_open else {},
            "beside": {},
        }
    }
    row.save(update_fields=["windows"])


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0008_numbers_and_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='sectiondraft',
            name='windows',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='statusdraft',
            name='windows',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.RunPython(with_its_page, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='sectiondraft',
            name='page',
        ),
        migrations.RemoveField(
            model_name='sectiondraft',
            name='sequence',
        ),
        migrations.RemoveField(
            model_name='statusdraft',
            name='page',
        ),
        migrations.RemoveField(
            model_name='statusdraft',
            name='sequence',
        ),
    ]
