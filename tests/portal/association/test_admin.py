"""Legal texts and terms of office in the admin, for those whose group allows it."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from portal.accounts.roles import Role
from portal.association.models import BoardTerm, LegalText
from tests.factories.accounts import create_person, create_technician
from tests.factories.association import create_legal_text

pytestmark = pytest.mark.django_db
FROZEN = (
    "Diese Fassung ist veröffentlicht und wird nicht mehr geändert oder gelöscht. "
    "Legen Sie eine neue Fassung aus dieser an."
)
TOO_EARLY = (
    "Eine veröffentlichte Fassung gilt schon ab dem 01.01.2020. Bitte wählen Sie diesen oder einen späteren Tag."
)
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
BODY = (
    '{"blocks": [{"key": "aaaaa", "text": "§ 1 Name", "type": "unstyled", "depth": 0, '
    '"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
)


@pytest.fixture
def technician(client):
    person = create_technician()
    client.force_login(person)
    return person


def url(name, *args):
    return reverse(f"association_legaltexts:{name}", args=args)


def shown(answer):
    """Return the messages a followed answer shows."""
    return [str(message) for message in answer.context["messages"]]


def test_a_draft_is_written_published_and_frozen(client, technician, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.force_login(technician)
    client.post(url("add"), {"kind": "statutes", "language": "de", "title": "Satzung", "body": BODY})
    text = LegalText.objects.get()
    assert (text.version, text.is_published) == (1, False)
    assert "§ 1 Name" in text.body

    page = client.get(url("publish", text.pk)).content.decode()
    assert "Danach ist dieser Wortlaut verbindlich und lässt sich nicht mehr ändern." in page
    answer = client.post(url("publish", text.pk), {"in_force_from": "01.12.2026"}, follow=True)

    assert [message.strip() for message in shown(answer)] == ["„Satzung (Fassung 1)“ ist veröffentlicht."]
    text.refresh_from_db()
    assert (text.in_force_from, text.published_at) == (dt.date(2026, 12, 1), NOW)
    assert text.content_hash in answer.content.decode()
    assert "veröffentlicht, gilt später" in answer.content.decode()


@pytest.mark.parametrize("name", ["edit", "delete"])
def test_a_published_text_is_shown_instead_of_changed(client, technician, name):
    text = create_legal_text()
    for answer in (
        client.get(url(name, text.pk), follow=True),
        client.post(url(name, text.pk), {"kind": "statutes", "title": "Anders", "body": BODY}, follow=True),
    ):
        assert answer.redirect_chain == [(url("inspect", text.pk), 302)]
        assert [message.strip() for message in shown(answer)] == [FROZEN]
    assert LegalText.objects.get().title == "Satzung"


def test_publishing_again_is_refused(client, technician):
    text = create_legal_text()

    assert client.post(url("publish", text.pk), {"in_force_from": "01.12.2026"}).status_code in (302, 403)
    assert LegalText.objects.get().in_force_from == dt.date(2020, 1, 1)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Dieses Feld muss ausgefüllt werden."),
        ("31.11.2026", "Bitte ein gültiges Datum eingeben."),
        ("31.12.2019", TOO_EARLY),
    ],
)
def test_a_wrong_day_is_named_and_nothing_is_published(client, technician, typed, message):
    create_legal_text()
    draft = create_legal_text(published=False)
    answer = client.post(url("publish", draft.pk), {"in_force_from": typed})

    assert answer.context["form"].errors == {"in_force_from": [message]}
    draft.refresh_from_db()
    assert draft.is_published is False


def test_a_new_version_is_made_from_a_published_one(client, technician):
    text = create_legal_text()
    assert "wird in einen Entwurf kopiert" in client.get(url("new_version", text.pk)).content.decode()
    assert LegalText.objects.count() == 1

    answer = client.post(url("new_version", text.pk))

    draft = LegalText.objects.get(version=2)
    assert answer.headers["Location"] == url("edit", draft.pk)
    assert (draft.title, draft.body, draft.is_published) == ("Satzung", text.body, False)


def test_kind_and_language_of_a_draft_stay(client, technician):
    draft = create_legal_text(published=False)
    client.post(url("edit", draft.pk), {"kind": "declaration", "language": "en", "title": "Neu", "body": BODY})

    draft.refresh_from_db()
    assert (draft.kind, draft.language, draft.title) == ("statutes", "de", "Neu")


def test_the_list_offers_changes_for_drafts_only(client, technician, django_assert_max_num_queries):
    text, draft = create_legal_text(), create_legal_text(published=False)
    with django_assert_max_num_queries(25):
        html = client.get(url("index")).content.decode()

    assert [url("edit", draft.pk) in html, url("edit", text.pk) in html] == [True, False]
    assert [url("publish", draft.pk) in html, url("publish", text.pk) in html] == [True, False]
    assert [url("new_version", one.pk) in html for one in (text, draft)] == [True, True]
    assert "Entwurf" in html


def test_a_group_without_permission_sees_nothing(client):
    text = create_legal_text(published=False)
    client.force_login(create_person(roles=(Role.EDITORS,)))
    names = [("index", ()), ("add", ())]
    names += [(name, (text.pk,)) for name in ("edit", "delete", "inspect", "publish", "new_version")]

    answers = {name: client.post(url(name, *args), {"in_force_from": "01.12.2026"}) for name, args in names}

    assert {name: answer.status_code for name, answer in answers.items()} == {name: 403 for name, _ in names}
    assert LegalText.objects.get().is_published is False
    assert reverse("association_legaltexts:index") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_writing_without_publishing(client):
    person = create_person(roles=(Role.OFFICE,))
    allowed = Permission.objects.filter(codename__in=["add_legaltext", "change_legaltext"])
    Group.objects.get(name=Role.OFFICE).permissions.add(*allowed)
    client.force_login(person)
    draft = create_legal_text(published=False)

    assert client.get(url("edit", draft.pk)).status_code == 200
    assert url("publish", draft.pk) not in client.get(url("index")).content.decode()
    client.post(url("publish", draft.pk), {"in_force_from": "01.12.2026"})
    draft.refresh_from_db()
    assert draft.is_published is False


def test_terms_of_office_are_kept(client, technician):
    person = create_person()
    switched_off = create_person("aus@example.org", is_active=False)
    address = reverse("association_boardterms:add")
    choices = client.get(address).context["form"].fields["user"].queryset
    assert (person in choices, switched_off in choices) == (True, False)

    wrong = {"user": person.pk, "function": "Vorsitz", "starts_on": "01.03.2026", "ends_on": "28.02.2026"}
    answer = client.post(address, wrong)
    assert answer.context["form"].errors["ends_on"] == ["Die Amtszeit endet, bevor sie beginnt."]
    client.post(address, wrong | {"ends_on": "29.02.2028"})

    term = BoardTerm.objects.get()
    assert (term.user, term.starts_on, term.ends_on) == (person, dt.date(2026, 3, 1), dt.date(2028, 2, 29))
    assert "Vorsitz" in client.get(reverse("association_boardterms:index")).content.decode()
