"""The dues order."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class DuesConfig(AppConfig):
    name = "dues"
    label = "dues"
    verbose_name = _("Beiträge")

    def ready(self) -> None:
        from dues import documents, going_live, presentation, search_updates, triggers
        from library.generated import register_generated
        from portal.association.going_live import register_check
        from portal.delivery.snapshot import register_part
        from portal.mailing.periodic import register_periodic
        from portal.privacy.catalogue import declare_not_personal

        pre_migrate.connect(triggers.remove_before_migrations, sender=self)
        post_migrate.connect(triggers.install_after_migrations, sender=self)
        register_check(going_live.open_points)
        search_updates.connect()
        register_periodic("dues-search", timedelta(minutes=10), search_updates.refresh_pages)
        register_generated(documents.DOWNLOAD_NAME, documents.render_current, title="Beitrags- und Finanzordnung")
        register_part(presentation.PUBLISHED_ORDERS, presentation.published_orders)
        for model in ("DuesRate", "DuesOrder", "DuesPage"):
            declare_not_personal(f"dues.{model}", reason="the association's rules on dues")
