"""What the frame of every page shows beside the page tree, registered for the snapshot."""

from django.apps import apps

from home import crawlers
from portal.association.going_live import is_live
from portal.association.mail_frame import mail_frame
from portal.association.models import AssociationSettings
from portal.delivery.snapshot import next_midnight, register_part, snapshot
from portal.delivery.version import register_content_model
from portal.mailing.compose import register_frame as register_mail_frame
from portal.pdf.frame import Frame, register_frame

ASSOCIATION = "association"
IS_LIVE = "is_live"
# What shows on public pages, or decides whether the site is live, and is no page, picture or document.
CONTENT_MODELS = (
    "association.AssociationSettings",
    "association.LegalText",
    "dues.DuesOrder",
    "dues.DuesRate",
    "library.Download",
    "library.DownloadVersion",
)


def register() -> None:
    """Register the frame's parts, the models they depend on, and whose name documents and mails carry."""
    for model in CONTENT_MODELS:
        register_content_model(apps.get_model(model))
    register_part(crawlers.SITEMAP, crawlers.build_sitemap)
    register_part(ASSOCIATION, AssociationSettings.load)
    # Dues orders and legal texts come into force by date.
    register_part(IS_LIVE, is_live, valid_until=next_midnight)
    register_frame(document_frame)
    register_mail_frame(mail_frame)


def document_frame() -> Frame:
    """Say who the PDFs come from."""
    association = snapshot().part(ASSOCIATION)
    return Frame(
        full_name=association.full_name,
        short_name=association.short_name,
        address=", ".join(association.postal_address),
        contact=association.email,
    )
