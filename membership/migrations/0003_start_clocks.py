"""Applications confirmed before the clock existed have been with the office since they were confirmed."""

from django.db import migrations
from django.db.models import F


def start_clocks(apps, schema_editor):
    applications = apps.get_model("membership", "Application").objects.using(schema_editor.connection.alias)
    applications.filter(confirmed_at__isnull=False, clock_started_at__isnull=True).update(
        clock_started_at=F("confirmed_at")
    )


class Migration(migrations.Migration):
    dependencies = [("membership", "0002_readiness_and_completion")]

    operations = [migrations.RunPython(start_clocks, migrations.RunPython.noop, elidable=True)]
