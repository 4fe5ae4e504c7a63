"""The personal link: what it shows, what its buttons do, and what it says when it is over."""

import re

import pytest
from django.test import Client

from membership import links
from membership.domain import resend_invitation, void_confirmations
from membership.models import Application
from portal.mailing.links import make_token
from portal.mailing.models import QueuedMail
from tests.factories.decisions import told
from tests.factories.signatures import confirm, create_digital_group, move, reject_waiting, row_of

pytestmark = pytest.mark.django_db

TICKS = {"declares": "on", "of_full_age": "on"}
NAME_OF_ANOTHER = (
    "Dieser Link gilt für eine Person mit anderem Namen. Schreiben Sie Ihren Namen so, wie er in der E-Mail steht. Hat "
    "jemand den Link an Sie weitergegeben, bitten Sie die Kontaktperson, Sie selbst einzuladen."
)


def path_of(application: Application, position: int = 1) -> str:
    return links.cosigner_path(row_of(application, position))


def text_of(response) -> str:
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main.group()).split())


def notice_of(response) -> str:
    found = re.search(r'<p class="notice__title">(.*?)</p>', response.content.decode(), re.DOTALL)
    return found.group(1).strip() if found else ""


def errors_of(response) -> list[str]:
    return re.findall(r'href="#id_(\w+)"', response.content.decode())


def post(client: Client, application: Application, position: int = 1, **changes):
    row = row_of(application, position)
    data = {"name": row.name, "stand": row.application.content_hash, **TICKS, **changes}
    return client.post(path_of(application, position), {name: value for name, value in data.items() if value})


def test_opening_the_link_changes_nothing(client: Client) -> None:
    application = create_digital_group()
    before = (row_of(application, 1).__dict__.copy(), QueuedMail.objects.count())
    for method in (client.get, client.head):
        assert method(path_of(application)).status_code == 200
    after = (row_of(application, 1).__dict__.copy(), QueuedMail.objects.count())
    for values, _mails in (before, after):
        values.pop("_state")
    assert before == after


def test_the_page_shows_what_is_confirmed_and_nothing_else(client: Client) -> None:
    application = create_digital_group(answers={"phone": "0371 987654"}, email="kim@example.org")
    response = client.get(path_of(application, 2))
    page = response.content.decode().replace("\xa0", " ")
    shown = [
        "Initiative Beispielhof",
        "Nachbarschaftsgarten",
        "Kim Kontakt",
        "ordentliche Mitgliedschaft",
        "Regelbeitrag: 60,00",
        "Muster: Satzung.",
        "Muster: Erklärung der Mitunterzeichnenden.",
        "Muster: Datenschutzhinweise für Mitunterzeichnende (Art. 14 DSGVO).",
    ]
    hidden = ["Musterweg 1", "09111", "0371 987654", "kim@example.org", application.reference, "Anna", "Ben", "Dora"]
    hidden.append("Muster: Datenschutzhinweise zum Aufnahmeantrag")
    assert [text for text in shown if text not in page] == []
    assert [text for text in hidden if text in page] == []


def test_the_page_is_private(client: Client) -> None:
    response = client.get(path_of(create_digital_group()))
    assert [response.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
        "no-store, private",
        "no-referrer",
        "noindex, nofollow, noarchive",
    ]


def test_confirming(client: Client) -> None:
    application = create_digital_group()
    path = path_of(application)
    response = post(client, application, name="  anna  EINS")
    assert (response.status_code, response.headers["Location"]) == (302, path)
    row = row_of(application, 1)
    assert (row.present, row.name, row.channel, row.content_hash) == (
        True,
        "anna EINS",
        "digital",
        application.content_hash,
    )
    assert notice_of(client.get(path)) == "Sie haben den Antrag bestätigt."


@pytest.mark.parametrize("missing", ["name", "declares", "of_full_age"])
def test_name_and_both_ticks_are_needed_and_nothing_typed_is_lost(client: Client, missing: str) -> None:
    application = create_digital_group()
    response = post(client, application, **{missing: ""})
    assert (response.status_code, errors_of(response), row_of(application, 1).present) == (200, [missing], False)
    page = response.content.decode()
    assert [page.count('value="Anna Eins"'), page.count("checked")] == {
        "name": [0, 2],
        "declares": [1, 1],
        "of_full_age": [1, 1],
    }[missing]


def test_a_forwarded_link_signed_with_another_name(client: Client) -> None:
    application = create_digital_group()
    response = post(client, application, name="Paul Passend")
    assert NAME_OF_ANOTHER in text_of(response)
    assert 'value="Paul Passend"' in response.content.decode()
    assert "Anna" not in response.content.decode()
    assert row_of(application, 1).present is False


def test_what_was_shown_must_still_be_what_the_application_says(client: Client) -> None:
    application = create_digital_group()
    response = post(client, application, stand="f" * 64)
    assert "Der Antrag wurde geändert, während die Seite offen war." in text_of(response)
    assert row_of(application, 1).present is False
    assert f'value="{application.content_hash}"' in response.content.decode()


def test_declining(client: Client) -> None:
    application = create_digital_group()
    path = path_of(application)
    response = client.post(path, {"aktion": "ablehnen"})
    assert (response.status_code, response.headers["Location"]) == (302, path)
    assert notice_of(client.get(path)) == "Sie haben die Bestätigung abgelehnt."
    assert str(row_of(application, 1).standing) == "declined"


def test_a_form_of_another_site_changes_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    application = create_digital_group()
    for changes in ({}, {"aktion": "ablehnen"}):
        assert "Bitte schicken Sie es noch einmal ab." in text_of(post(client, application, **changes))
    assert str(row_of(application, 1).standing) == "invited"


def test_links_that_are_over_say_why(client: Client) -> None:
    application = create_digital_group()
    paths = {position: path_of(application, position) for position in range(1, 6)}
    move(row_of(application, 1), days=14)
    resend_invitation(row_of(application, 2))
    assert [notice_of(client.get(paths[position])) for position in (1, 2)] == [
        "Dieser Link ist abgelaufen.",
        "Dieser Link gilt nicht mehr.",
    ]
    confirm(application, 3)
    Application.objects.filter(pk=application.pk).update(content_hash="f" * 64)
    void_confirmations(application)
    assert [notice_of(client.get(paths[position])) for position in (3, 4)] == ["Der Antrag wurde geändert."] * 2
    newest = path_of(application, 3)
    told(reject_waiting(application))
    decided = "Über diesen Antrag hat der Vorstand schon entschieden."
    assert [notice_of(client.get(path)) for path in (*paths.values(), newest)] == [decided] * 6
    assert notice_of(client.post(newest, {"name": "Cem Drei", "stand": "f" * 64, **TICKS})) == decided
    assert row_of(application, 3).present is False


def test_a_withdrawn_application_says_so(client: Client) -> None:
    application = create_digital_group()
    Application.objects.filter(pk=application.pk).update(state="withdrawn")
    assert notice_of(client.get(path_of(application))) == "Dieser Antrag wurde zurückgezogen."


def test_pages_that_are_over_show_nothing_of_the_application(client: Client) -> None:
    application = create_digital_group()
    move(row_of(application, 1), days=14)
    page = client.get(path_of(application)).content.decode()
    texts = ["Initiative Beispielhof", "Kim Kontakt", "Anna", "example.org", application.reference]
    assert [text for text in texts if text in page.split("<main")[1].split("</main")[0]] == []


def test_altered_and_unknown_links_get_the_plain_page(client: Client) -> None:
    application = create_digital_group()
    row = row_of(application, 1)
    token = path_of(application).rstrip("/").rsplit("/", 1)[1]
    altered = ("A" if token[0] != "A" else "B") + token[1:]
    tokens = [
        altered,
        token[:-1],
        "A" * 44,
        make_token(links.COSIGNATURE, row.pk, 0),
        make_token(links.COSIGNATURE, row.pk, 2),
        make_token(links.COSIGNATURE, row.pk + 1000, 1),
        links.token(application, links.STATUS),
    ]
    responses = [client.get(f"/mitglied-werden/antrag/mitunterzeichnen/{each}/") for each in tokens]
    plain = client.get("/gibt-es-nicht/")
    assert {response.status_code for response in responses} == {404}
    assert {tuple(template.name for template in response.templates) for response in responses} == {
        tuple(template.name for template in plain.templates)
    }
