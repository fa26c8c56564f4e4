from django.db import migrations, models

from kommuneplan.collation import sort_anew


def with_numbers_in_order(apps, schema_editor):
    """"Lokaludvalg 2" before "Lokaludvalg 10"."""
    for model in apps.get_app_config("plans").get_models():
        if any(field.name == "sort_key" for field in model._meta.get_fields()):
            sort_anew(model._default_manager)


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_head_recipients")]
    operations = [
        *(
            migrations.AlterField(
                model_name=model,
                name="protocol",
                field=models.URLField(
                    blank=True, max_length=1000, verbose_name="link to the protocol"
                ),
            )
            for model in ("historicaltreatment", "treatment")
        ),
        migrations.RunPython(with_numbers_in_order, migrations.RunPython.noop),
    ]
