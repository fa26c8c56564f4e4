from django.db import migrations

from kommuneplan.collation import sort_anew


def with_numbers_in_order(apps, schema_editor):
    """"Lokaludvalg 2" before "Lokaludvalg 10"."""
    for model in apps.get_app_config("plans").get_models():
        if any(field.name == "sort_key" for field in model._meta.get_fields()):
            sort_anew(model._default_manager)


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_head_recipients")]
    operations = [migrations.RunPython(with_numbers_in_order, migrations.RunPython.noop)]
