"""Give applications that stand already the name they are compared by."""

from django.db import migrations

from membership.answers import name_without_title
from membership.models.signature import fold_name


def fold_names(apps, schema_editor):
    for application in apps.get_model("membership", "Application").objects.filter(folded_name=""):
        application.folded_name = fold_name(name_without_title(application.kind, application.answers))
        application.save(update_fields=["folded_name"])


class Migration(migrations.Migration):
    dependencies = [("membership", "0005_drafts_and_withdrawal")]

    operations = [migrations.RunPython(fold_names, migrations.RunPython.noop)]
