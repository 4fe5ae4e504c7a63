"""Keep on the application when its outcome was told, and fill it in where the queue or a letter still knows."""

import datetime as dt

from django.db import migrations, models
from django.utils import timezone

KINDS = ("application_accepted", "application_rejected", "application_withdrawn")


def fill(apps, schema_editor):
    told = {}
    letters = apps.get_model("membership", "Letter").objects.filter(kind__in=KINDS, sent_on__isnull=False)
    for key, day in letters.order_by("sent_on").values_list("application_id", "sent_on"):
        told[key] = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
    mails = apps.get_model("mailing", "QueuedMail").objects.filter(kind__in=KINDS, sent_at__isnull=False)
    told.update(mails.order_by("sent_at").values_list("object_id", "sent_at"))
    for key, told_at in told.items():
        apps.get_model("membership", "Application").objects.filter(pk=key).update(told_at=told_at)


class Migration(migrations.Migration):
    dependencies = [("membership", "0011_former_addresses"), ("mailing", "0002_mail_text")]

    operations = [
        migrations.AddField(
            "application",
            "told_at",
            models.DateTimeField(editable=False, null=True, verbose_name="Nachricht über das Ergebnis vom"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
