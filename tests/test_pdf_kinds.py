"""Every kind of PDF the portal makes keeps what it promises, checked by veraPDF.

A new template that extends pdf/base.html needs a line in ``KINDS``: how to make one, and whether it is a form.
"""

from collections.abc import Callable

import pytest

from dues.documents import render_current
from membership.documents import render_application, render_blank_form, render_statutes
from membership.documents.own_data import render_own_data
from membership.documents.resolution import render_resolution
from membership.letters import render_letter
from membership.models import BoardDecision, Letter
from portal.association.enums import ApplicantKind
from portal.pdf.render import render_pdf
from portal.places import BASE_DIR
from tests.factories.decisions import accept
from tests.factories.membership import IBAN, create_application, create_ground

pytestmark = pytest.mark.django_db
DOCUMENT, FORM = ("PDFUA-1", "PDFA-2A"), ("PDFUA-1",)


def prefilled() -> bytes:
    return render_application(create_application(ApplicantKind.UNINCORPORATED_GROUP, iban=IBAN))


def own_data() -> bytes:
    return render_own_data(create_application(ApplicantKind.LEGAL_PERSON, iban=IBAN))


def resolution() -> bytes:
    accept(create_application())
    return render_resolution(BoardDecision.objects.get())


def letter() -> bytes:
    accept(create_application(email=""))
    return render_letter(Letter.objects.get())


def blank_form() -> bytes:
    create_ground()
    return render_blank_form().content


def statutes() -> bytes:
    create_ground()
    return render_statutes().content


def dues_order() -> bytes:
    create_ground()
    return render_current().content


def text() -> bytes:
    return render_pdf("pdf/text.html", {"body": "<h2>Muster</h2><p>Ein Absatz.</p>"}, title="Muster")


KINDS: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "application/application.html": (prefilled, DOCUMENT),
    "application/form.html": (blank_form, FORM),
    "application/own_data.html": (own_data, DOCUMENT),
    "dues_order.html": (dues_order, DOCUMENT),
    "letter.html": (letter, DOCUMENT),
    "resolution.html": (resolution, DOCUMENT),
    "statutes.html": (statutes, DOCUMENT),
    "text.html": (text, DOCUMENT),
}


def test_every_template_of_a_pdf_is_named_here() -> None:
    folder = BASE_DIR / "templates" / "pdf"
    documents = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.html")
        if '{% extends "pdf/base.html" %}' in path.read_text()
    }
    assert documents == set(KINDS)


@pytest.mark.pdf_conformance
@pytest.mark.parametrize(("make", "profiles"), KINDS.values(), ids=KINDS.keys())
def test_every_pdf_keeps_its_promise(
    make: Callable[[], bytes], profiles: tuple[str, ...], assert_conformant: Callable[..., None]
) -> None:
    assert_conformant(make(), *profiles)
