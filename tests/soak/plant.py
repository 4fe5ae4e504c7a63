"""What the fault tests find in the portal: planted by one process of ``manage.py shell``, which prints where it is."""

import json

from wagtail.models import Collection, CollectionViewRestriction, Site

from library.models import Download
from membership import links
from membership.domain import create_draft, save_draft
from membership.models import ApplicationDraft
from membership.submission_key import versions_of
from pages.models import StandardPage
from tests.factories.library import DocumentFactory, DownloadFactory
from tests.factories.membership import (
    NATURAL,
    REGULAR,
    create_application,
    create_board_member,
    current_offer,
    form_data,
)

APPLICANTS = 12
DRAFTS = 60
BOARD = 3
CLOSED = b"%PDF-1.7 " + b"Protokoll " * 1000


def planted() -> dict[str, object]:
    """Plant everything; return where it is."""
    with_link = create_application(email="hochladen@example.org")
    applications = [
        create_application(confirmed=False, email=f"person{number}@example.org").pk for number in range(APPLICANTS)
    ]
    for number in range(BOARD):
        create_board_member(f"vorstand{number}@example.org", function=f"Vorstand {number}")
    return {
        "status": links.path(with_link, links.STATUS),
        "with_link": with_link.pk,
        "applications": applications,
        "drafts": [links.draft_path(_draft(number), "pruefen") for number in range(DRAFTS)],
        "page": _page().pk,
        "closed": _closed_document().get_absolute_url(),
    }


def _draft(number: int) -> ApplicationDraft:
    """Return a draft whose pages are filled in but for the last one."""
    typed = form_data(email=f"entwurf{number}@example.org", accepts_statutes=None)
    draft = create_draft(kind=NATURAL, membership_type=REGULAR)
    return save_draft(draft, data=typed, replacing=(), versions=versions_of(current_offer()))


def _page() -> StandardPage:
    home = Site.objects.get(is_default_site=True).root_page
    page = StandardPage(title="Vorher", slug="stoerung", locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def _closed_document() -> Download:
    """Return a download that only signed-in people get."""
    closed = Collection.get_first_root_node().add_child(name="Vorstand")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    document = DocumentFactory(content=CLOSED, collection=closed, file_name="Protokoll Mai.pdf")
    return DownloadFactory(name="protokoll", document=document)


def tell() -> None:
    print(json.dumps(planted()))  # noqa: T201 - what the test reads
