"""Whether somebody has applied before: for the office alone."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from membership import links
from membership.duplicates import possible_duplicates
from tests.factories.decisions import accept
from tests.factories.membership import GROUP, create_application, create_staff, make_draft

pytestmark = pytest.mark.django_db


def test_the_same_name_in_two_spellings_or_the_same_address() -> None:
    first = create_application(answers={**make_draft().answers, "last_name": "Müller"}, email="a@example.org")
    spelled = {**make_draft().answers, "title": "", "first_name": "MARA", "last_name": "Mueller"}
    second = create_application(answers=spelled, email="b@example.org")
    third = create_application(GROUP, email="B@example.org")
    create_application(answers={**make_draft().answers, "last_name": "Anders"}, email="c@example.org")
    create_application(answers=spelled, email="a@example.org", confirmed=False)
    assert set(possible_duplicates(first)) == {second}
    assert set(possible_duplicates(second)) == {first, third}
    assert set(possible_duplicates(third)) == {second}


@pytest.mark.postgres
@pytest.mark.parametrize(("letter", "folded"), [("ü", "ue"), ("\ufdfa", "صلىاللهعليهوسلم")])
def test_a_name_that_folding_makes_much_longer_is_stored_whole(letter: str, folded: str) -> None:
    group = create_application(GROUP, answers={"name": letter * 200}, cosigners=[{"name": letter * 120}])
    assert (group.folded_name, group.cosignatures.get().folded_name) == (folded * 200, folded * 120)
    again = create_application(GROUP, answers={"name": letter * 200}, email="anders@example.org")
    assert list(possible_duplicates(again)) == [group]


def test_no_address_is_no_match() -> None:
    first = create_application(email="")
    create_application(GROUP, email="")
    assert list(possible_duplicates(first)) == []


def test_applicants_read_the_same_sentence_whether_or_not(client: Client) -> None:
    first = create_application(confirmed=False)
    create_application()
    again = create_application(confirmed=False)
    pages = [client.get(links.path(each, links.RECEIPT)).content.decode() for each in (first, again)]
    assert [page.count("meldet sich die Geschäftsstelle bei Ihnen.") for page in pages] == [1, 1]


def test_the_office_gets_a_hint(client: Client) -> None:
    first, second = create_application(), create_application()
    other = create_application(GROUP, email="anders@example.org")
    client.force_login(create_staff("office@example.org", "record"))
    hint = "Vielleicht dieselbe Person"
    shown = [client.get(reverse("membership_applications:inspect", args=[each.pk])) for each in (first, other)]
    assert [hint in response.content.decode() for response in shown] == [True, False]
    assert f">{second.reference}</a>" in shown[0].content.decode()


def test_a_second_application_of_a_member_says_so(client: Client) -> None:
    member = accept(create_application()).member
    again = create_application(email="neue-adresse@example.org")
    assert set(possible_duplicates(again)) == {member.application}
    client.force_login(create_staff("office@example.org", "record"))
    html = client.get(reverse("membership_applications:inspect", args=[again.pk])).content.decode()
    assert f"Mitglied Nr. {member.number} seit {date_format(member.since, 'j. F Y')}" in html
    assert f">{member.application.reference}</a>" in html
