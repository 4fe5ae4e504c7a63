"""The pages editors write."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    label = "pages"
    verbose_name = _("Seiten")

    def ready(self) -> None:
        from pages import latest_news, personal_data, search_updates
        from pages.contact import MAIL_KIND
        from pages.mails import compose_contact_message, delete_delivered_messages
        from pages.models.meetings import next_end
        from pages.search_source import PageSource
        from portal.delivery.snapshot import register_part
        from portal.delivery.turning_points import register_turning_point
        from portal.mailing.periodic import register_periodic
        from portal.mailing.registry import register_mail
        from search.sources import register_source

        label = _("Nachricht von der Kontaktseite")
        register_mail(MAIL_KIND, compose_contact_message, label=label, about="pages.ContactMessage")
        register_periodic("pages.delete_delivered_messages", timedelta(minutes=5), delete_delivered_messages)
        register_source(PageSource())
        search_updates.connect()
        personal_data.declare()
        register_part(latest_news.PART, latest_news.collect)
        register_turning_point(next_end)
