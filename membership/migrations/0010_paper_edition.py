"""Count the editions of the paper: what came before today was the first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0009_unmasking")]

    operations = [
        migrations.AddField(
            "application",
            "edition",
            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="Fassung des Papiers"),
        ),
        migrations.AddField(
            "receiptrecord",
            "edition",
            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="Fassung des Papiers"),
        ),
    ]
