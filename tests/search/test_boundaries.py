"""What the search must never do: find anything of membership, or make web processes load the analysis models."""

import subprocess
import sys

import pytest
from django.core.management import call_command
from django.utils import timezone

from membership.enums import AttachmentSource
from membership.models import Application, Attachment, Member
from search.models import Posting, Word
from search.results import search
from search.sources import SOURCES
from search.titles import collect_titles
from tests.factories.decisions import accept, ready

# Serves a page and a search of a fresh process, as a web process does.
PROGRAM = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
client = Client()
statuses = [client.get(path, follow=True).status_code for path in ("/", "/suche/", "/suche/?q=Impresum+Haus")]
from wagtail.models import Page
from pages.models import StandardPage
Page.objects.get(depth=2).add_child(instance=StandardPage(title="Zebrastreifen")).save_revision().publish()
from search.models import IndexEntry
print(statuses, IndexEntry.objects.filter(title="Zebrastreifen").count())
print("HanTa" in sys.modules)
"""


@pytest.mark.django_db
def test_nothing_of_membership_is_ever_found(site):
    application = accept(ready())
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
    secrets = {application.applicant_name, application.email, "Mara Muster", "mara", "geheimeszebra"}
    secrets |= {str(value) for value in answers.values() if isinstance(value, str) and len(value) > 5}
    for secret in secrets:
        for entry in search(secret, "de").hits.entries:
            assert entry.source in {"page", "download"}
            shown = " ".join([entry.title, entry.intro, entry.body, entry.attachment]).lower()
            assert application.applicant_name.lower() not in shown
            assert application.email.lower() not in shown
    assert not Posting.objects.filter(term__in=["=mara", "~mara", "=geheimeszebra", "~geheimeszebra"]).exists()
    assert not Word.objects.filter(text__in=["mara", "geheimeszebra"]).exists()
    assert not any("mara" in title.text.lower() for titles in collect_titles().values() for title in titles.titles)


def test_only_pages_and_downloads_are_sources():
    assert set(SOURCES) == {"page", "download"}


def test_web_processes_never_load_the_models(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    result = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-2:] == ["[200, 200, 200] 1", "False"]
