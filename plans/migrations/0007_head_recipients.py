from django.db import migrations, models

from kommuneplan.collation import fold, record_numbers
from plans.document.plan_document import from_json
from plans.versions.actions.freezing import found_by


def with_numbers(apps, schema_editor):
    """Case and document numbers are found in any spelling from now on, in what is there too."""
    for plan in apps.get_model("plans", "Plan").objects.exclude(case_number="", document_number=""):
        about = fold(f"{plan.title} {plan.case_number} {plan.document_number}")
        words = " ".join([about, *record_numbers(about)])
        type(plan).objects.filter(pk=plan.pk).update(search_text=words)
    versions = apps.get_model("plans", "PlanVersion").objects
    for version in versions.only("content").iterator(100):
        # What a version is found by follows from what it holds, by the rule of the day: whoever
        # changes the rule later makes the index anew in the same way.
        words = found_by(from_json(version.content))
        versions.filter(pk=version.pk).update(search_text=words)


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0006_before_and_after_a_decision'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalplan',
            name='annex_number',
            field=models.CharField(blank=True, max_length=20, verbose_name='annex number'),
        ),
        migrations.AddField(
            model_name='historicalplan',
            name='case_worker',
            field=models.CharField(blank=True, help_text='What the person is, never the name: the public reads it.', max_length=100, verbose_name='case worker, as a role'),
        ),
        migrations.AddField(
            model_name='historicalplan',
            name='recipients',
            field=models.TextField(blank=True, help_text='One on each line: a body, an office, a centre.', verbose_name='recipients'),
        ),
        migrations.AddField(
            model_name='plan',
            name='annex_number',
            field=models.CharField(blank=True, max_length=20, verbose_name='annex number'),
        ),
        migrations.AddField(
            model_name='plan',
            name='case_worker',
            field=models.CharField(blank=True, help_text='What the person is, never the name: the public reads it.', max_length=100, verbose_name='case worker, as a role'),
        ),
        migrations.AddField(
            model_name='plan',
            name='recipients',
            field=models.TextField(blank=True, help_text='One on each line: a body, an office, a centre.', verbose_name='recipients'),
        ),
        migrations.RunPython(with_numbers, migrations.RunPython.noop),
    ]
