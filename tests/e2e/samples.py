"""What the pages of visitors need to be seen whole, made inside a running portal.

Given to the portal's shell as text, so that another commit's portal can make it, too: ``code`` returns the text.
"""

import json
from pathlib import Path
from typing import Any

from django.urls import reverse
from wagtail.rich_text import RichText

from library.models import Download, Picture
from membership import links
from membership.domain.drafts import create_draft
from membership.sections import STEPS
from pages.models import AboutPage, StandardPage
from portal.association.models import AssociationSettings
from tests.factories.membership import GROUP, REGULAR, create_application, form_data
from tests.factories.signatures import DIGITAL, confirm, cosigners

SAMPLE_PAGE = "musterseite"
PAPER = {"accepted_forms": ["paper", "scan"], "digital_resolution_date": None, "digital_resolution_reference": ""}


def code(function: str) -> str:
    """Return what the portal's shell has to run to call ``function`` of this file."""
    return f"{Path(__file__).read_text()}\n{function}()\n"


def make_samples() -> None:
    """Make everything; print the addresses, by name, of what only those find who were sent there."""
    make_sample_page()
    AssociationSettings.objects.update(**DIGITAL)
    print(json.dumps(application_addresses()))  # noqa: T201


def end_samples() -> None:
    """End what other journeys would notice: confirmations online."""
    AssociationSettings.objects.update(**PAPER)


def make_sample_page() -> None:
    """Put a page with every building block below „Über uns“; one that is there already stays as it is."""
    about = AboutPage.objects.get(locale__language_code="de")
    if StandardPage.objects.child_of(about).filter(slug=SAMPLE_PAGE).exists():
        return
    page = about.add_child(
        instance=StandardPage(
            title="Musterseite mit allen Bausteinen",
            slug=SAMPLE_PAGE,
            intro="Beispiel – jeder Baustein einmal.",
            locale=about.locale,
        )
    )
    page.body = every_block(about)
    page.save_revision().publish()


def every_block(about: AboutPage) -> list[tuple[str, Any]]:
    """Return what an editor can build a page from, each block once."""
    text = (
        "<h2>Überschrift</h2><p>Ein Absatz mit <a href='https://muster.example/'>Verweis</a>.</p>"
        "<h3>Liste</h3><ul><li>Eins</li></ul>"
    )
    table = StandardPage.body.field.stream_block.child_blocks["table"].to_python(
        {
            "caption": "Beispiel",
            "table": {
                "columns": [{"type": "text", "heading": "Stadt"}, {"type": "text", "heading": "Treffen"}],
                "rows": [{"values": ["Chemnitz", "2"]}],
            },
        }
    )
    return [
        ("text", RichText(text)),
        ("picture", {"picture": Picture.objects.first(), "caption": "Ein Bild mit Unterschrift"}),
        ("quote", {"text": "Das Quartier ist die Ressource.", "source": "Muster"}),
        ("notice", {"kind": "info", "title": "Gut zu wissen", "text": RichText("<p>Ein Hinweis.</p>")}),
        ("notice", {"kind": "warning", "title": "Wichtig", "text": RichText("<p>Noch ein Hinweis.</p>")}),
        ("downloads", {"heading": "Dateien", "downloads": list(Download.objects.filter(live=True)[:2])}),
        ("links", {"heading": "Weiterlesen", "links": [{"page": about, "title": "", "text": "Woher wir kommen."}]}),
        ("questions", {"heading": "Fragen", "questions": [{"question": "Wer?", "answer": RichText("<p>Alle.</p>")}]}),
        ("contact", {"heading": "So erreichen Sie uns"}),
        ("table", table),
    ]


def application_addresses() -> dict[str, str]:
    """Return the steps of a group's form, and what it is led to until its five people have confirmed."""
    draft = create_draft(kind=GROUP, membership_type=REGULAR, data=form_data(GROUP))
    people = cosigners("Anna Eins", "Ben Zwei", "Cem Drei", "Dora Vier", "Emil Fünf")
    stored = create_application(GROUP, cosigners=people, confirmed=False)
    application = create_application(GROUP, cosigners=people)
    confirm(application, 1)
    token = links.token(application, links.STATUS)
    return {step.name: links.draft_path(draft, step.name) for step in STEPS} | {
        "receipt": links.path(stored, links.RECEIPT),
        "confirmation": links.path(stored, links.CONFIRMATION),
        "status": links.path(application, links.STATUS),
        "signatures": reverse("membership:signatures", args=[token]),
        "correction": reverse("membership:correction", args=[token]),
        "withdrawal": reverse("membership:withdrawal", args=[token]),
        "cosigning": links.cosigner_path(application.cosignatures.get(position=2)),
        "cosigned": links.cosigner_path(application.cosignatures.get(position=1)),
    }
