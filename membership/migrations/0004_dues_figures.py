from decimal import Decimal

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0003_permissions"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="application", name="application_amount_positive"),
        migrations.RenameField(model_name="application", old_name="supporting_amount", new_name="own_amount"),
        migrations.AlterField(
            model_name="application",
            name="own_amount",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="eigener Beitrag im Jahr"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="dues_base",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="Bemessungsgrundlage"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("own_amount__isnull", True), ("own_amount__gt", Decimal("0")), _connector="OR"),
                name="application_amount_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("dues_base__isnull", True), ("dues_base__gte", Decimal("0")), _connector="OR"),
                name="application_base_not_negative",
            ),
        ),
    ]
