"""What a draft would change: case by case, on screen and as a workbook."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dues.models import DuesOrder
from membership.simulation import Case, SampleFigures, compare, sample_cases
from membership.simulation.samples import SAMPLE_BASES
from membership.simulation.workbook import neutralized
from portal.accounts.models import User
from tests.factories.dues import create_order, make_minimum, make_percentage, make_rate
from tests.factories.membership import LEGAL, NATURAL, REGULAR, SUPPORTING, create_user

pytestmark = pytest.mark.django_db
DRAFT_DAY, MID_YEAR = dt.date(2027, 1, 1), dt.date(2027, 7, 1)


def draft_of(**fields) -> DuesOrder:
    return create_order(published=False, valid_from=DRAFT_DAY, **fields)


def amounts(comparison) -> list[tuple[Decimal | None, Decimal | None, Decimal | None]]:
    return [(line.old, line.new, line.difference) for line in comparison.lines]


def test_old_new_difference_and_sums() -> None:
    old = create_order()
    new = draft_of(rates=[make_rate(amount=Decimal("72.00"))], admission_fee=Decimal("10.00"))
    cases = [Case(NATURAL, REGULAR, "Regelbeitrag"), Case(NATURAL, REGULAR, " regelbeitrag", admitted_on=MID_YEAR)]
    comparison = compare(cases, old=old, new=new)
    assert amounts(comparison) == [
        (Decimal("60.00"), Decimal("72.00"), Decimal("12.00")),
        (Decimal("30.00"), Decimal("46.00"), Decimal("16.00")),
    ]
    assert (comparison.old, comparison.new, comparison.difference) == (
        Decimal("90.00"),
        Decimal("118.00"),
        Decimal("28.00"),
    )
    assert comparison.left_out == 0


def test_percentages_and_own_amounts() -> None:
    old = create_order(rates=[make_percentage(category="Regelbeitrag"), make_minimum(category="Frei")])
    new = draft_of(rates=[make_percentage(category="Regelbeitrag", cap=None), make_minimum(category="Frei")])
    cases = [
        Case(LEGAL, REGULAR, "Regelbeitrag", base=Decimal("2000000.00")),
        Case(LEGAL, REGULAR, "Frei", own_amount=Decimal("80.00")),
    ]
    assert amounts(compare(cases, old=old, new=new)) == [
        (Decimal("1200.00"), Decimal("2200.00"), Decimal("1000.00")),
        (Decimal("80.00"), Decimal("80.00"), Decimal("0.00")),
    ]


def test_what_one_order_does_not_know_is_in_no_sum() -> None:
    old, new = create_order(), draft_of(rates=[make_rate(category="Neuer Beitrag", amount=Decimal("70.00"))])
    cases = [Case(NATURAL, REGULAR, "Regelbeitrag"), Case(NATURAL, REGULAR, "Neuer Beitrag")]
    comparison = compare(cases, old=old, new=new)
    assert [(line.old, line.new, line.remark) for line in comparison.lines] == [
        (Decimal("60.00"), None, "neu: keine Beitragsgruppe dieses Namens"),
        (None, Decimal("70.00"), "bisher: keine Beitragsgruppe dieses Namens"),
    ]
    assert (comparison.old, comparison.new, comparison.difference, comparison.left_out) == (0, 0, 0, 2)


def test_a_base_that_is_missing_is_said() -> None:
    new = draft_of(rates=[make_percentage(category="Regelbeitrag")])
    (line,) = compare([Case(LEGAL, REGULAR, "Regelbeitrag")], old=None, new=new).lines
    assert (line.old, line.new) == (None, None)
    assert line.remark == (
        "bisher: keine Beitragsgruppe dieses Namens; "
        "neu: Für diese Beitragsgruppe braucht die Berechnung die Bemessungsgrundlage: Umsatz des Vorjahres."
    )


def test_samples_cover_every_combination_of_both_orders() -> None:
    old = create_order(rates=[make_rate(membership_types=[REGULAR], applicant_kinds=[NATURAL])])
    new = draft_of(
        rates=[
            make_percentage(category="Regelbeitrag", applicant_kinds=[NATURAL, LEGAL], membership_types=[SUPPORTING])
        ]
    )
    cases = sample_cases(old, new, figures=SampleFigures((MID_YEAR,), bases=(Decimal(1), Decimal(2))))
    assert cases == [
        Case(NATURAL, REGULAR, "Regelbeitrag"),
        Case(NATURAL, REGULAR, "Regelbeitrag", admitted_on=MID_YEAR),
        *(
            Case(kind, SUPPORTING, "Regelbeitrag", admitted_on=day, base=Decimal(base))
            for kind in (NATURAL, LEGAL)
            for base in (1, 2)
            for day in (None, MID_YEAR)
        ),
    ]


def test_a_name_of_both_orders_is_one_case() -> None:
    old, new = create_order(), draft_of(rates=[make_percentage(category="REGELBEITRAG ")])
    cases = sample_cases(old, new, figures=SampleFigures((), bases=(Decimal(1),)))
    assert len(cases) == 6
    assert {(case.category, case.base) for case in cases} == {("REGELBEITRAG ", Decimal(1))}


@pytest.mark.parametrize(("valid_from", "year"), [(dt.date(2027, 1, 1), 2027), (dt.date(2027, 7, 1), 2028)])
def test_usual_figures_lie_in_the_first_whole_year(valid_from: dt.date, year: int) -> None:
    figures = SampleFigures.for_order(DuesOrder(valid_from=valid_from))
    assert [f"{day:%d.%m.%Y}" for day in figures.days] == [
        f"01.01.{year}",
        f"15.02.{year}",
        f"01.07.{year}",
        f"31.12.{year}",
    ]
    assert figures.bases == SAMPLE_BASES


# -- screen and workbook


def address(order: DuesOrder) -> str:
    return reverse("dues_simulation", args=[order.pk])


def treasurer() -> User:
    user = create_user("kasse@example.org")
    group = Group.objects.create(name="Kasse (Muster)")
    group.permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_duesorder", "add_duesorder", "change_duesorder"])
    )
    user.groups.add(group)
    return user


@pytest.fixture
def kasse(client: Client) -> Client:
    client.force_login(treasurer())
    return client


def test_screen(kasse: Client) -> None:
    create_order()
    draft = draft_of(rates=[make_rate(amount=Decimal("72.00"))])
    context = kasse.get(address(draft), {"tage": "01.07.2027", "grundlagen": "50.000"}).context
    assert [(line.old, line.new) for line in context["comparison"].lines] == [
        (Decimal("60.00"), Decimal("72.00")),
        (Decimal("30.00"), Decimal("36.00")),
    ] * 6
    assert context["comparison"].difference == Decimal("108.00")


def test_unasked_it_shows_the_usual_samples(kasse: Client) -> None:
    draft = draft_of()
    html = kasse.get(address(draft)).content.decode()
    assert "01.01.2027\n15.02.2027\n01.07.2027\n31.12.2027</textarea>" in html
    assert "10.000,00\n100.000,00\n1.000.000,00</textarea>" in html
    assert "30 Beispielfälle" in html
    assert "Vor dem ersten Tag des Entwurfs gilt keine Ordnung" in html


@pytest.mark.parametrize(
    ("typed", "messages"),
    [
        (
            {"tage": "31.11.2027", "grundlagen": "50.000"},
            {"tage": ["Zeile 1: Den Tag 31.11.2027 gibt es nicht. Bitte prüfen Sie Tag und Monat."]},
        ),
        (
            {"tage": "01.01.2027\n\n1800", "grundlagen": "50.000\n-5"},
            {
                "tage": [
                    "Zeile 2: „1800“ ist kein Datum. Bitte schreiben Sie Tag, Monat und Jahr, zum Beispiel 15.03.2027."
                ],
                "grundlagen": [
                    "Zeile 2: Der Betrag darf nicht negativ sein. Bitte geben Sie ihn ohne Minuszeichen ein."
                ],
            },
        ),
        ({"tage": " "}, {name: ["Bitte schreiben Sie mindestens eine Zeile."] for name in ("tage", "grundlagen")}),
        (
            {"tage": "\n".join(["01.01.2027"] * 13), "grundlagen": "1"},
            {"tage": ["Bitte höchstens 12 Zeilen."]},
        ),
    ],
)
def test_bad_figures_are_named_and_kept(kasse: Client, typed: dict[str, str], messages: dict[str, list[str]]) -> None:
    response = kasse.get(address(draft_of()), typed | {"format": "xlsx"})
    assert response.context["form"].errors == messages
    assert response.context["comparison"] is None
    assert typed["tage"].strip() in response.content.decode()


def test_workbook(kasse: Client) -> None:
    create_order()
    draft = draft_of(rates=[make_rate(amount=Decimal("72.00"), applicant_kinds=[NATURAL], membership_types=[REGULAR])])
    response = kasse.get(address(draft), {"tage": "01.07.2027", "grundlagen": "1", "format": "xlsx"})
    assert response["Content-Disposition"] == 'attachment; filename="Beitragsordnung-Auswirkungen.xlsx"'
    rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.values)
    assert rows[0][0] == ("Beitrags- und Finanzordnung, Entwurf, gilt ab 01.01.2027: Auswirkungen auf Beispielfälle")
    assert rows[1] == (
        "Wer",
        "Mitgliedschaft",
        "Beitragsgruppe",
        "Aufnahme am",
        "Bemessungsgrundlage",
        "bisher",
        "neu",
        "Unterschied",
        "Bemerkung",
    )
    person = ("natürliche Person", "ordentliche Mitgliedschaft", "Regelbeitrag")
    assert rows[2] == (*person, "volles Jahr", None, 60, 72, 12, None)
    assert rows[3] == (*person, dt.datetime(2027, 7, 1), None, 30, 36, 6, None)  # noqa: DTZ001 - cells know no zones
    assert rows[-1] == ("Summe", None, None, None, None, 90, 108, 18, None)


def test_texts_never_become_formulas(kasse: Client) -> None:
    draft = draft_of(rates=[make_rate(category='=HYPERLINK("https://example.org")')])
    content = kasse.get(address(draft), {"tage": "01.07.2027", "grundlagen": "1", "format": "xlsx"}).content
    cells = [cell for row in openpyxl.load_workbook(BytesIO(content)).active for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert '\'=HYPERLINK("https://example.org")' in [cell.value for cell in cells]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_formula_signs(sign: str) -> None:
    assert neutralized(f"{sign}1") == f"'{sign}1"
    assert neutralized(f"1{sign}") == f"1{sign}"


def test_the_draft_offers_it_the_published_order_does_not(kasse: Client) -> None:
    published, draft = create_order(), draft_of()
    link = f'href="{address(draft)}">Auswirkungen ansehen</a>'
    assert link in kasse.get(reverse("dues_orders:inspect", args=[draft.pk])).content.decode()
    page = kasse.get(reverse("dues_orders:inspect", args=[published.pk])).content.decode()
    assert "Auswirkungen ansehen" not in page
    assert kasse.get(address(published)).status_code == 404


def test_only_for_who_may_change_drafts(client: Client) -> None:
    reader = create_user("lesend@example.org")
    reader.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_duesorder"]))
    client.force_login(reader)
    draft = draft_of()
    assert client.get(address(draft)).status_code == 403
    assert "Auswirkungen ansehen" not in client.get(reverse("dues_orders:inspect", args=[draft.pk])).content.decode()
    client.logout()
    assert client.get(address(draft)).status_code == 302


def test_same_queries_for_one_rate_and_for_many(kasse: Client, django_assert_num_queries) -> None:
    create_order()
    few = draft_of()
    many = create_order(
        published=False,
        valid_from=dt.date(2028, 1, 1),
        rates=[make_rate(category=f"Beitrag {number}") for number in range(12)],
    )
    kasse.get(address(few))
    with django_assert_num_queries(queries_of(kasse, address(few))):
        kasse.get(address(many))


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)
