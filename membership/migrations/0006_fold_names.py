"""Give applications that stand already the name they are compared by.

The folding is that of the day: a migration does not change with the application's code.
"""

import unicodedata

from django.db import migrations

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold(name):
    text = unicodedata.normalize("NFC", name).lower().translate(UMLAUTS)
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if letter.isalnum())


def fold_names(apps, schema_editor):
    for application in apps.get_model("membership", "Application").objects.filter(folded_name=""):
        parts = ("first_name", "last_name") if application.kind == "natural_person" else ("name",)
        application.folded_name = fold(" ".join(application.answers.get(part) or "" for part in parts))
        application.save(update_fields=["folded_name"])


class Migration(migrations.Migration):
    dependencies = [("membership", "0005_drafts_and_withdrawal")]

    operations = [migrations.RunPython(fold_names, migrations.RunPython.noop)]
