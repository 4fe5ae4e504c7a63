"""Sample documents: everything the shared styles offer, once as a form and once as a fixed document."""

import copy
from pathlib import Path
from typing import Any

import pytest

from portal.pdf import frame
from portal.pdf.profiles import Profile
from portal.pdf.render import render_pdf

SENDER = frame.Frame(
    full_name="Landesarbeitsgemeinschaft Muster e.V.",
    short_name="LAG Muster",
    address="Musterstraße 1, 09111 Chemnitz",
    contact="info@example.org",
)


@pytest.fixture(autouse=True)
def _sender(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "_provider", lambda: SENDER)


@pytest.fixture(autouse=True)
def _sample_templates(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def form_pdf() -> bytes:
    return render_pdf("pdf_samples/form.html", {}, title="Aufnahmeantrag", profile=Profile.FORM)


@pytest.fixture
def document_pdf() -> bytes:
    context = {
        "rows": range(1, 51),
        "pdf_reference": "Vorgang M-2026-0001",
        "pdf_fingerprint": "Prüfzeichen 1a2b3c4d",
        "pdf_status": "Muster",
    }
    return render_pdf("pdf_samples/document.html", context, title="Beitrags- und Finanzordnung")
