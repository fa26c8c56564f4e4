"""What was found in the file that everybody gets, where it is another than the one received."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="published_findings",
            field=models.JSONField(blank=True, default=list),
        )
        for name in ("attachment", "historicalattachment")
    ]
