"""What the search must never do: find anything of membership, or make web processes load the analysis models."""

import subprocess
import sys

import pytest
from django.core.management import call_command
from django.utils import timezone

from membership.enums import AttachmentSource
from membership.models import Application, Attachment, Member
from pages.models import StandardPage
from search.analysis.compounds import compound_parts
from search.analysis.terms import Texts, weigh
from search.models import IndexEntry, Posting, Word
from search.results import search
from search.sources import SOURCES
from search.titles import collect_titles
from tests.factories.decisions import accept, ready
from tests.factories.pages import add_page

NAME, EMAIL = "Xenia Geheimzebra", "xenia@geheimzebra.example"
HIDDEN = ("xenia", "geheimzebra", "geheimeszebra")
# What a web process imports and does with texts and queries.
PROGRAM = """
import sys
import django
django.setup()
import portal.urls
from search.analysis.highlight import excerpt
from search.analysis.query import parse_query
from search.analysis.terms import Texts, stem_sequence, weigh
text = "Das Quartiersmanagement im Stadtteil"
weigh(Texts(title=text), "de", with_parts=False), stem_sequence(Texts(title=text), "de")
excerpt(text, parse_query("Management", "de").all_terms, "de")
print("HanTa" in sys.modules)
"""


@pytest.mark.django_db
def test_nothing_of_membership_is_ever_found(site):
    application = accept(
        ready(applicant_name=NAME, email=EMAIL, answers={"first_name": "Xenia", "last_name": "Geheimzebra"})
    )
    Attachment.objects.create(
        application=application,
        file_name="geheimeszebra.pdf",
        sha256="0" * 64,
        size=1,
        page_count=1,
        source=AttachmentSource.APPLICANT,
        uploaded_at=timezone.now(),
    )
    assert [model.objects.count() for model in (Application, Member, Attachment)] == [1, 1, 1]
    call_command("rebuild_search_index", verbosity=0)
    answers = application.answers
    secrets = {application.applicant_name, application.email, "Xenia", "Geheimzebra", "geheimeszebra"}
    secrets |= {str(value) for value in answers.values() if isinstance(value, str) and len(value) > 5}
    for secret in secrets:
        for entry in search(secret, "de").hits.entries:
            assert entry.source in {"page", "download"}
            shown = " ".join([entry.title, entry.intro, entry.body, entry.attachment]).lower()
            assert application.applicant_name.lower() not in shown
            assert application.email.lower() not in shown
    assert not Posting.objects.filter(term__in=[f"{mark}{word}" for mark in "=~" for word in HIDDEN]).exists()
    assert not Word.objects.filter(text__in=HIDDEN).exists()
    assert not any("zebra" in title.text.lower() for titles in collect_titles().values() for title in titles.titles)


def test_only_pages_and_downloads_are_sources():
    assert set(SOURCES) == {"page", "download"}


def test_web_processes_never_import_the_compound_model():
    result = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"


def test_reading_searching_and_publishing_never_cut_compounds(client, site, monkeypatch):
    def fail(*arguments):
        raise AssertionError(arguments)

    monkeypatch.setattr("search.analysis.compounds.tagger", fail)
    compound_parts.cache_clear()
    add_page(site.root_page, StandardPage(title="Zebrastreifenmuseum"))
    answers = [client.get(path).status_code for path in ("/", "/impressum/", "/suche/?q=Zebrastreifenmuseum")]
    assert answers == [200, 200, 200]
    assert IndexEntry.objects.get(title="Zebrastreifenmuseum").is_enriched is False
    with pytest.raises(AssertionError):
        weigh(Texts(title="Zebrastreifenmuseum"), "de", with_parts=True)
