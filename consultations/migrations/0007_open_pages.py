from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0006_numbers_in_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='responsedraft',
            name='windows',
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
