"""The office corrects an application at the applicant's request."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.domain import correct_application, open_vote, record_original, record_signature, withdraw_application
from membership.domain.correction import changed_fields
from membership.forms.application import NOT_CORRECTED
from membership.models import Application, SepaMandate
from portal.accounts.models import User
from portal.association.enums import LegalTextKind
from portal.association.models import LegalText
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.decisions import board, ready, reject
from tests.factories.membership import (
    GROUP,
    IBAN,
    LEGAL,
    NATURAL,
    create_application,
    create_staff,
    current_offer,
    form_data,
    make_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> User:
    return create_staff("office@example.org", "record")


@pytest.fixture
def staff(client: Client, office: User) -> Client:
    client.force_login(office)
    return client


def address(application: Application) -> str:
    return reverse("membership_applications:correct", args=[application.pk])


def submitted(kind: str = NATURAL, **fields) -> Application:
    """Return an application as the form stores it: without the mandate's text for those who pay by transfer."""
    texts = [text for text in current_offer(kind).texts.values() if text.kind != LegalTextKind.SEPA_MANDATE]
    return create_application(kind, **{"texts": texts, **fields})


def typed(application: Application, **changes: str) -> dict[str, str]:
    """Return what the office sends when it changes nothing else."""
    data = form_data(application.kind, application.membership_type, phone="")
    data = {name: value for name, value in data.items() if name not in ("email", "cosigners_rows")}
    if application.kind == LEGAL:
        data |= {"signatories_2_name": "Paul Prokura", "signatories_2_function": "Prokura"}
    return {**data, "stand": "0", **changes}


@pytest.mark.parametrize("kind", [NATURAL, LEGAL, GROUP])
def test_the_form_is_filled_in_and_sending_it_back_changes_nothing(staff: Client, kind: str) -> None:
    application = submitted(kind)
    form = staff.get(address(application)).context["form"]
    assert NOT_CORRECTED & set(form.fields) == set()
    shown = {name: form[name].value() for name in ("street", "dues_rate", "payment_way", "accepts_statutes")}
    assert shown == {
        "street": "Musterweg 1",
        "dues_rate": str(application.dues_rate_id),
        "payment_way": "bank_transfer",
        "accepts_statutes": True,
    }
    assert staff.post(address(application), typed(application)).status_code == 302
    assert "application_corrected" not in {entry.action for entry in entries_of(application)}


def test_a_new_street_is_saved_logged_and_told(staff: Client, office: User) -> None:
    application = submitted()
    response = staff.post(address(application), typed(application, street="Neuer Weg 5"))
    assert response.url == reverse("membership_applications:inspect", args=[application.pk])
    corrected = Application.objects.get()
    assert (corrected.answers["street"], corrected.email, corrected.state) == (
        "Neuer Weg 5",
        "mara@example.org",
        "confirmed",
    )
    entry = entries_of(application).last()
    assert (entry.action, entry.actor) == ("application_corrected", office)
    assert entry.details == {"fields": ["street"], "fingerprint_changed": False}
    assert QueuedMail.objects.filter(kind="application_corrected", state="queued").count() == 1


def test_mistakes_are_shown_and_nothing_typed_is_lost(staff: Client) -> None:
    application = create_application()
    response = staff.post(address(application), typed(application, street="Neuer Weg 5", postcode="12"))
    assert list(response.context["form"].errors) == ["postcode"]
    assert 'value="Neuer Weg 5"' in response.content.decode()
    assert Application.objects.get().answers["street"] == "Musterweg 1"


def test_bank_data_is_neither_shown_nor_lost(staff: Client) -> None:
    application = create_application(iban=IBAN)
    changes = {"payment_way": "direct_debit", "account_holder": "", "iban": "", "street": "Neuer Weg 5"}
    pages = [staff.get(address(application)), staff.post(address(application), typed(application, **changes, city=""))]
    assert [IBAN in page.content.decode() for page in pages] == [False, False]
    assert [page.context["form"]["iban"].value() for page in pages] == [None, ""]
    staff.post(address(application), typed(application, **changes))
    assert entries_of(application).last().details["fields"] == ["street"]
    assert str(SepaMandate.objects.get().iban) == IBAN
    other = "DE75512108001245126199"
    staff.post(address(application), typed(application, **changes | {"iban": other, "stand": "1"}))
    mandate = SepaMandate.objects.get()
    assert (str(mandate.account_holder), str(mandate.iban)) == ("Mara Muster", other)


def test_what_voids_signatures_is_said_and_asked_first(staff: Client, office: User) -> None:
    application = create_application(GROUP)
    record_signature(
        application, position=1, name="Anna Eins", present=True, signed_on=timezone.localdate(), recorded_by=office
    )
    assert [row.name for row in staff.get(address(application)).context["at_risk"]] == ["Anna Eins"]
    data = typed(application, name="Anderer Name")
    response = staff.post(address(application), data)
    assert (response.status_code, response.context["must_confirm"]) == (200, True)
    assert 'name="unterschriften_verfallen"' in response.content.decode()
    assert Application.objects.get().applicant_name == "Initiative Beispielhof"
    assert staff.post(address(application), {**data, "unterschriften_verfallen": "1"}).status_code == 302
    assert Application.objects.get().applicant_name == "Anderer Name"
    assert application.cosignatures.present().count() == 0
    voided = entries_of(application).get(action="confirmations_voided")
    assert voided.actor == office


def test_a_signed_paper_is_asked_about_as_well(staff: Client, office: User) -> None:
    application = create_application()
    record_original(application, received_on=timezone.localdate(), form="paper", recorded_by=office)
    assert staff.post(address(application), typed(application, last_name="Neu")).context["must_confirm"] is True
    assert staff.post(address(application), typed(application, phone="0371 9")).status_code == 302


def test_another_membership(staff: Client) -> None:
    application = create_application()
    path = f"{address(application)}?membership_type=supporting"
    form = staff.get(path).context["form"]
    (rate,) = form.offer.rates
    data = typed(application, dues_rate=str(rate.pk), own_amount="50,00")
    assert staff.post(path, data).status_code == 302
    changed = Application.objects.get()
    assert (changed.membership_type, changed.dues_rate.category) == ("supporting", "Förderbeitrag")


def test_the_versions_stay_those_of_the_application(staff: Client) -> None:
    application = submitted()
    before = set(application.texts.all())
    newer = LegalText.objects.create(kind=LegalTextKind.STATUTES, title="Satzung", body="<p>Neu.</p>")
    newer.publish()
    staff.post(address(application), typed(application, street="Neuer Weg 5"))
    corrected = Application.objects.get()
    assert (set(corrected.texts.all()), corrected.content_hash) == (before, application.content_hash)


def test_who_was_slower_overwrites_nothing(staff: Client) -> None:
    application = create_application()
    stand = staff.get(address(application)).context["stand"]
    correct_application(application, make_draft(answers={"city": "Leipzig"}))
    response = staff.post(address(application), typed(application, street="Neuer Weg 5", stand=stand))
    assert response.context["problem"].startswith("Inzwischen hat jemand anders")
    assert Application.objects.get().answers["city"] == "Leipzig"


def test_refused_while_the_board_votes_and_after_the_end(staff: Client) -> None:
    voted_on = ready()
    (chair,) = board(1)
    open_vote(voted_on, opened_by=chair, closes_on=timezone.localdate())
    rejected = reject(create_application())
    withdrawn = withdraw_application(create_application())
    for application, sentence in (
        (voted_on, "stimmt"),
        (rejected, "Der Antrag ist nicht offen"),
        (withdrawn, "Der Antrag ist nicht offen"),
    ):
        page = staff.get(address(application))
        assert ("form" in page.context, sentence in page.context["problem"]) == (False, True)
        late = staff.post(address(application), typed(application, street="Neuer Weg 5"))
        assert sentence in late.context["problem"]
        assert 'value="Neuer Weg 5"' in late.content.decode()
        assert Application.objects.get(pk=application.pk).answers["street"] == "Musterweg 1"


def test_only_the_office_corrects(client: Client) -> None:
    application = create_application()
    client.force_login(create_staff("board@example.org", "decide", board_term=True))
    assert client.get(address(application)).status_code == 403
    assert client.post(address(application), typed(application, street="Neuer Weg 5")).status_code == 403
    assert changed_fields(Application.objects.get(), make_draft()) == []
