"""The ten minutes after a decision: whatever somebody outside tries, nothing says that or how the board decided."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership import links
from membership.domain import (
    add_attachment,
    add_cosigner,
    answer_completion,
    confirm_cosignature,
    decline_cosignature,
    replace_cosigner,
    resend_invitation,
    revoke_invitation,
    withdraw_application,
)
from membership.domain.cosigning import link_state
from membership.domain.errors import DecisionWaits, NotOpen
from membership.domain.signing_errors import LinkClosed
from membership.enums import LinkState
from membership.models import Application, ApplicationDraft
from portal.mailing.models import QueuedMail
from portal.privacy import store
from tests.factories.decisions import accept, ready, reject, told
from tests.factories.files import make_pdf
from tests.factories.membership import create_staff
from tests.factories.signatures import confirm, create_digital_group, ready_on_paper, row_of
from tests.membership.test_views_form import key_of, review

pytestmark = pytest.mark.django_db

NEUTRAL = "Der Antrag wird gerade bearbeitet. Bitte versuchen Sie es in einer Viertelstunde noch einmal."
PAUSED = "Dieser Antrag wird gerade bearbeitet."
NEW = {"name": "Ina Neu", "email": "ina@example.org", "function": ""}
Decide = Callable[[Application], Application]


@pytest.fixture(params=[accept, reject])
def decide(request: pytest.FixtureRequest) -> Decide:
    return request.param


@pytest.fixture
def decided(decide: Decide) -> Application:
    """A group whose first person confirmed digitally, five others on paper; the decision was made just now."""
    application = create_digital_group()
    confirm(application, 1)
    return decide(ready_on_paper(application))


def address(application: Application, place: str) -> str:
    return f"{links.path(application, links.STATUS)}{place}"


def text_of(response: Any) -> str:
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main.group()).split())


def stored(application: Application) -> tuple[Any, ...]:
    """Everything that a refused step must leave as it is."""
    rows = application.cosignatures.order_by("pk").values_list("name", "generation", "present", "declined_at")
    state = Application.objects.values_list("state", "withdrawn_at", "content_hash").get(pk=application.pk)
    counts = [ApplicationDraft.objects.count(), QueuedMail.objects.count(), application.attachments.count()]
    return (state, list(rows), counts, set(store.file_names()))


# -- the domain


def test_every_step_of_somebody_outside_is_refused_alike(decided: Application) -> None:
    row, before = row_of(decided, 2), stored(decided)
    steps: list[Callable[[], Any]] = [
        lambda: withdraw_application(decided),
        lambda: answer_completion(decided, answer="Liegt bei."),
        lambda: add_attachment(decided, [make_pdf()]),
        lambda: add_cosigner(decided, **NEW),
        lambda: replace_cosigner(row, **NEW),
        lambda: resend_invitation(row),
        lambda: revoke_invitation(row),
    ]
    for step in steps:
        with pytest.raises(DecisionWaits) as refusal:
            step()
        assert str(refusal.value) == NEUTRAL
    assert stored(decided) == before


def test_a_link_to_confirm_rests_and_one_that_was_used_says_what_it_said(decided: Application) -> None:
    now = timezone.now()
    states = [link_state(row_of(decided, position), generation=1, now=now) for position in (1, 2)]
    assert states == [LinkState.CONFIRMED, LinkState.PAUSED]
    row = row_of(decided, 2)
    for step in (
        lambda: confirm_cosignature(row, generation=1, name=row.name, seen_hash=decided.content_hash),
        lambda: decline_cosignature(row, generation=1),
    ):
        with pytest.raises(LinkClosed) as refusal:
            step()
        assert refusal.value.state is LinkState.PAUSED


def test_afterwards_it_is_told(decided: Application) -> None:
    told(decided)
    states = [link_state(row_of(decided, position), generation=1, now=timezone.now()) for position in (1, 2)]
    assert states == [LinkState.DECIDED] * 2
    with pytest.raises(NotOpen) as refusal:
        withdraw_application(decided)
    assert type(refusal.value) is NotOpen


# -- the pages


@pytest.mark.parametrize(
    ("method", "place", "data"),
    [
        ("post", "antwort/", {"answer": "Liegt bei."}),
        ("get", "berichtigen/", {}),
        ("post", "berichtigen/", {}),
        ("get", "zurueckziehen/", {}),
        ("post", "zurueckziehen/", {}),
        ("post", "mitunterzeichnende/", {"aktion": "erneut", "zeile": "2"}),
        ("post", "mitunterzeichnende/", {"aktion": "zuruecknehmen", "zeile": "2"}),
        (
            "post",
            "mitunterzeichnende/",
            {"aktion": "ergaenzen", **{f"ergaenzen-{name}": value for name, value in NEW.items()}},
        ),
        (
            "post",
            "mitunterzeichnende/",
            {"aktion": "ersetzen", "zeile": "2", **{f"zeile2-{name}": value for name, value in NEW.items()}},
        ),
    ],
)
def test_the_pages_say_the_neutral_sentence(
    client: Client, decided: Application, method: str, place: str, data: dict[str, str]
) -> None:
    before = stored(decided)
    response = getattr(client, method)(address(decided, place), data)
    assert (response.status_code, response.context["problem"]) == (200, NEUTRAL)
    said = text_of(response)
    assert (NEUTRAL in said, "entschieden" in said) == (True, False)
    assert stored(decided) == before


def test_an_upload_says_the_neutral_sentence(client: Client, decided: Application) -> None:
    before = stored(decided)
    response = client.post(address(decided, "datei/"), {"scan": SimpleUploadedFile("antrag.pdf", make_pdf())})
    assert response.context["scan_problem"] == NEUTRAL
    assert "entschieden" not in text_of(response)
    assert stored(decided) == before


def test_a_correction_begun_before_says_the_neutral_sentence(client: Client, decide: Decide) -> None:
    application = ready()
    client.post(address(application, "berichtigen/"))
    draft = ApplicationDraft.objects.get()
    key = key_of(review(client, draft))
    decide(application)
    before = stored(application)
    sent = {"formular": key, "accepts_statutes": "on"}
    response = client.post(links.draft_path(draft, "pruefen"), sent)
    assert (response.status_code, response.context["problem"]) == (200, NEUTRAL)
    assert "entschieden" not in text_of(response)
    assert stored(application) == before


def test_the_personal_links_say_the_neutral_sentence(client: Client, decided: Application) -> None:
    before, path = stored(decided), links.cosigner_path(row_of(decided, 2))
    confirming = {"name": "Ben Zwei", "stand": decided.content_hash, "declares": "on", "of_full_age": "on"}
    answers = [client.get(path), client.post(path, confirming), client.post(path, {"aktion": "ablehnen"})]
    said = [text_of(answer) for answer in answers]
    assert [(PAUSED in text, "entschieden" in text) for text in said] == [(True, False)] * 3
    assert "Sie haben den Antrag bestätigt." in text_of(client.get(links.cosigner_path(row_of(decided, 1))))
    assert stored(decided) == before


def test_office_and_board_read_that_it_is_decided(client: Client, decided: Application) -> None:
    client.force_login(create_staff("office@example.org", "record"))
    response = client.post(reverse("membership_applications:withdraw", args=[decided.pk]))
    assert response.context["error"] == str(NotOpen())
