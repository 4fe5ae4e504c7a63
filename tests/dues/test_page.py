"""The page: order in force, calculator by plain GET, versions at addresses of their own, archive."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from wagtail.models import Site

from dues.enums import AmountType, FirstYearRule
from dues.models import DuesOrder, DuesPage
from membership.models import MembershipPage
from portal.association.enums import ApplicantKind, MembershipType
from portal.association.models import AssociationSettings
from tests.factories.dues import create_order, make_rate

pytestmark = pytest.mark.django_db

ADDRESS = "/mitglied-werden/beitragsordnung/"
ASKED = {"art": "natural_person", "mitgliedschaft": "regular", "tag": "15.06.2026"}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False)


@pytest.fixture(autouse=True)
def page():
    root = Site.objects.get(is_default_site=True).root_page
    parent = root.add_child(instance=MembershipPage(title="Mitglied werden", slug="mitglied-werden"))
    return parent.add_child(instance=DuesPage(title="Beitrags- und Finanzordnung", slug="beitragsordnung"))


def text_of(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def percent_rate(**fields):
    figures = {"percent": Decimal("0.11"), "base_label": "Personalkosten", "floor": Decimal(110), "cap": Decimal(1200)}
    return make_rate(category="Träger", amount_type=AmountType.PERCENT, **{**figures, **fields})


def test_without_an_order_the_page_says_it_is_being_revised(client):
    create_order(published=False)
    text = text_of(client.get(ADDRESS))
    assert "Die Beitrags- und Finanzordnung wird gerade überarbeitet." in text
    assert "60,00" not in text
    assert "Beitrag berechnen" not in text


def test_the_rates_are_a_table_with_headings(client):
    create_order(
        rates=[
            make_rate(note="Für alle.", applicant_kinds=[ApplicantKind.LEGAL_PERSON]),
            percent_rate(membership_types=[MembershipType.REGULAR], needs_board_decision=True),
        ],
        admission_fee=Decimal(15),
        admission_fee_paragraph="§ 6",
    )
    response = client.get(ADDRESS)
    html = response.content.decode()
    assert re.findall(r'<th scope="col">(.*?)</th>', html) == [
        "Beitragsgruppe",
        "Gilt für",
        "Mitgliedschaft",
        "Beitrag",
        "Fundstelle",
    ]
    assert html.count('<th scope="row">') == 2
    assert re.findall(r'<td data-label="Beitrag" class="dues-table__amount">(.*?)</td>', html) == [
        "60,00\u00a0€ im Jahr",
        "0,11 % im Jahr (Personalkosten), mindestens 110,00\u00a0€, höchstens 1.200,00\u00a0€",
    ]
    text = text_of(response)
    assert "Träger Nur mit Beschluss des Vorstands. alle ordentliche Mitgliedschaft" in text
    assert "Aufnahmegebühr 15,00 € (§ 6)" in text


def test_upcoming_and_superseded_versions(client):
    create_order(valid_from=dt.date(2020, 1, 1), rates=[make_rate(amount=Decimal(40))])
    create_order(valid_from=dt.date(2026, 1, 1), rates=[make_rate(amount=Decimal(50))])
    create_order(valid_from=dt.date(2027, 1, 1), rates=[make_rate(amount=Decimal(70))])
    create_order(valid_from=dt.date(2028, 1, 1), rates=[make_rate(amount=Decimal(90))], published=False)
    text = text_of(client.get(ADDRESS))
    assert "50,00 € im Jahr" in text
    assert "Ab 1. Januar 2027 gilt eine neue Fassung Fassung 3 ansehen · Fassung 3 als PDF" in text
    assert "Fassung 1 galt vom 1. Januar 2020 bis 31. Dezember 2025 · Fassung 1 als PDF" in text
    assert [amount in text for amount in ("40,00", "70,00", "90,00")] == [False, False, False]
    for version, amount, standing in (
        (1, "40,00 €", "Diese Fassung galt bis 31. Dezember 2025. Inzwischen gilt eine neuere."),
        (2, "50,00 €", "Diese Fassung ist in Kraft."),
        (3, "70,00 €", "Diese Fassung ist beschlossen und gilt ab 1. Januar 2027."),
    ):
        text = text_of(client.get(f"{ADDRESS}fassung-{version}/"))
        assert amount in text
        assert standing in text
    assert client.get(f"{ADDRESS}fassung-4/").status_code == 404
    draft = DuesOrder.objects.drafts().get()
    assert client.get(f"{ADDRESS}fassung-{draft.pk}/").status_code == 404
    assert client.get(f"{ADDRESS}fassung-0/").status_code == 404


def test_a_version_takes_force_by_its_date(client, time_machine):
    create_order(valid_from=dt.date(2026, 1, 1), rates=[make_rate(amount=Decimal(50))])
    create_order(valid_from=dt.date(2027, 1, 1), rates=[make_rate(amount=Decimal(70))])
    time_machine.move_to(dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC), tick=False)  # 00:30 on 1 January here
    text = text_of(client.get(ADDRESS))
    assert "70,00 € im Jahr" in text
    assert "galt vom 1. Januar 2026 bis 31. Dezember 2026" in text


def ask(client, rate, **query):
    return client.get(ADDRESS, {**ASKED, "gruppe": rate.pk, **query})


def test_the_calculator_answers_with_the_explanation(client):
    order = create_order(first_year_rule=FirstYearRule.MONTH_BEGUN, first_year_paragraph="§ 4", due_paragraph="§ 5")
    response = ask(client, order.rates.get())
    answer = response.context["answer"].calculation
    assert (answer.full_year.amount, answer.first_year.amount) == (Decimal("60.00"), Decimal("35.00"))
    text = text_of(response)
    assert "Bei Aufnahme am 15. Juni 2026, nach Fassung 1, gültig ab 01.01.2020." in text
    assert "Volles Jahr 60,00 € Erstes Jahr (2026) 35,00 €" in text
    assert "7 von 12 Monaten, angefangene zählen mit: 60,00 € × 7/12 35,00 € § 4" in text
    assert "Mit der Aufnahme, weil der feste Tag (31.03.2026) schon vorbei ist (§ 5)" in text


def test_the_calculator_explains_floor_and_cap(client):
    order = create_order(rates=[percent_rate(paragraph="§ 2")])
    text = text_of(ask(client, order.rates.get(), grundlage="50.000"))
    assert "0,11 % von 50.000,00 € (Personalkosten) 55,00 € § 2 Angehoben auf die Untergrenze 110,00 € § 2" in text
    text = text_of(ask(client, order.rates.get(), grundlage="2.000.000,00"))
    assert "Begrenzt auf die Obergrenze 1.200,00 €" in text


def test_the_admission_fee_is_counted_apart(client):
    order = create_order(admission_fee=Decimal(15), first_year_rule=FirstYearRule.FREE_UNTIL_NEW_YEAR)
    text = text_of(ask(client, order.rates.get()))
    assert "Erstes Jahr (2026) 0,00 € Zum ersten Mal fällig 31. März 2027" in text
    assert "Aufnahmegebühr, einmalig 15,00 € fällig am 15. Juni 2026" in text


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"tag": "29.02.2027"}, {"admitted_on": ["Den Tag 29.02.2027 gibt es nicht. Bitte prüfen Sie Tag und Monat."]}),
        ({"tag": "31.11.2026"}, {"admitted_on": ["Den Tag 31.11.2026 gibt es nicht. Bitte prüfen Sie Tag und Monat."]}),
        ({"tag": "01.01.1800"}, {"admitted_on": ["Bitte geben Sie ein Jahr zwischen 2000 und 2099 ein."]}),
        ({"tag": "01.01.2019"}, {"admitted_on": ["Am 01.01.2019 galt keine der hier veröffentlichten Fassungen."]}),
        (
            {"tag": "morgen"},
            {
                "admitted_on": [
                    "„morgen“ ist kein Datum. Bitte schreiben Sie Tag, Monat und Jahr, zum Beispiel 15.03.2027."
                ]
            },
        ),
        ({"tag": ""}, {"admitted_on": ["Bitte ausfüllen."]}),
        ({"art": "tier"}, {"kind": ["Bitte wählen Sie eine Angabe aus der Liste."]}),
        ({"gruppe": "999999"}, {"rate": ["Diese Beitragsgruppe gibt es nicht. Bitte wählen Sie eine aus der Liste."]}),
        ({"gruppe": "abc"}, {"rate": ["Diese Beitragsgruppe gibt es nicht. Bitte wählen Sie eine aus der Liste."]}),
        ({"gruppe": "' OR 1"}, {"rate": ["Diese Beitragsgruppe gibt es nicht. Bitte wählen Sie eine aus der Liste."]}),
        (
            {},
            {"base": ["Für diese Beitragsgruppe braucht die Berechnung die Bemessungsgrundlage: Personalkosten."]},
        ),
        (
            {"grundlage": "-1"},
            {"base": ["Der Betrag darf nicht negativ sein. Bitte geben Sie ihn ohne Minuszeichen ein."]},
        ),
        (
            {"grundlage": "viel"},
            {"base": ["„viel“ ist kein Betrag. Bitte geben Sie nur Ziffern und ein Komma ein, zum Beispiel 60,00."]},
        ),
        ({"grundlage": "50.000"}, {}),
        ({"grundlage": "50.000,00"}, {}),
        ({"grundlage": "50000.00"}, {}),
    ],
)
def test_bad_input_gets_a_clear_answer(client, query, errors):
    order = create_order(rates=[percent_rate()])
    response = ask(client, order.rates.get(), **query)
    assert response.status_code == 200
    assert response.context["form"].errors == errors
    assert (response.context["answer"] is None) == bool(errors)
    for name, value in query.items():
        assert response.context["form"].data[name] == value


def test_what_was_typed_is_escaped_and_cut(client):
    order = create_order(rates=[percent_rate()])
    html = ask(client, order.rates.get(), grundlage="<script>alert(1)</script>" * 300).content.decode()
    assert "<script>alert" not in html


def test_below_the_minimum(client):
    order = create_order(rates=[make_rate(amount_type=AmountType.MINIMUM, amount=Decimal(50))])
    response = ask(client, order.rates.get(), betrag="49,99")
    assert response.context["form"].errors == {
        "own_amount": ["Der Betrag liegt unter dem Mindestbeitrag. Bitte geben Sie mindestens 50,00 € ein."]
    }
    assert ask(client, order.rates.get(), betrag="60.00").context["answer"].calculation.full_year.amount == Decimal(60)


def test_a_category_that_does_not_fit_names_those_that_do(client):
    order = create_order(
        rates=[make_rate(category="Personen", applicant_kinds=["natural_person"]), make_rate(category="Alle")]
    )
    response = ask(client, order.rates.get(category="Personen"), art="legal_person")
    assert response.context["form"].errors == {
        "rate": ["„Personen“ gilt nicht für diese Angaben. Möglich ist: „Alle“."]
    }


def test_a_link_with_a_category_of_an_older_version_means_the_one_of_that_name(client):
    old = create_order(valid_from=dt.date(2024, 1, 1), rates=[make_rate(amount=Decimal(40)), make_rate(category="Weg")])
    create_order(valid_from=dt.date(2026, 1, 1), rates=[make_rate(amount=Decimal(50))])
    create_order(valid_from=dt.date(2027, 1, 1), rates=[make_rate(amount=Decimal(70))])
    rate = old.rates.get(category="Regelbeitrag")
    amounts = {
        day: ask(client, rate, tag=day).context["answer"].calculation.full_year.amount
        for day in ("01.06.2025", "2026-06-01", "1. 6. 2027")
    }
    assert list(amounts.values()) == [Decimal(40), Decimal(50), Decimal(70)]
    response = ask(client, old.rates.get(category="Weg"))
    assert response.context["form"].errors == {
        "rate": ["Diese Beitragsgruppe gibt es nicht. Bitte wählen Sie eine aus der Liste."]
    }


def test_a_draft_is_never_calculated(client):
    create_order()
    draft = create_order(published=False, rates=[make_rate(category="Geheim", amount=Decimal(99))])
    response = ask(client, draft.rates.get())
    assert response.context["answer"] is None
    assert "Geheim" not in response.content.decode()


def test_without_a_question_nothing_is_wrong(client):
    create_order()
    response = client.get(ADDRESS, {"utm_source": "x"})
    assert response.context["form"].is_bound is False
    assert response.context["form"].initial == {"admitted_on": "22.11.2026"}


def test_no_cookie_and_few_queries(client, django_assert_max_num_queries):
    for year in (2020, 2022, 2024, 2026, 2027):
        create_order(valid_from=dt.date(year, 1, 1), rates=[make_rate(category=str(number)) for number in range(5)])
    AssociationSettings.load()
    client.get(ADDRESS)
    with django_assert_max_num_queries(12):
        response = client.get(ADDRESS)
    assert not response.cookies
    with django_assert_max_num_queries(12):
        client.get(f"{ADDRESS}fassung-1/")


def test_one_changed_amount_shows_everywhere(client):
    from dues.documents import render_order
    from tests.dues.test_documents import pdf_text

    order = create_order(rates=[make_rate(amount=Decimal(60))])
    draft = order.copy_as_draft(dt.date(2026, 1, 1))
    rate = draft.rates.get()
    rate.amount = Decimal("61.50")
    rate.save()
    draft.freeze()
    assert "61,50 € im Jahr" in text_of(client.get(ADDRESS))
    assert ask(client, rate).context["answer"].calculation.full_year.amount == Decimal("61.50")
    assert "61,50 € im Jahr" in pdf_text(render_order(DuesOrder.objects.in_force()))
