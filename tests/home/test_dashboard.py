from django.urls import reverse

from library.models import Picture
from pages.models import AboutPage
from portal.accounts.roles import Role
from tests.factories.accounts import create_person


def dashboard(client, *roles: Role):
    client.force_login(create_person(roles=roles))
    return client.get(reverse("wagtailadmin_home"))


def panel_names(response) -> list[str]:
    return [panel.name for panel in response.context["panels"]]


def test_editors_see_what_is_open_what_is_missing_and_what_changed(site, client) -> None:
    page = AboutPage.objects.get()
    page.search_description = ""
    page.save_revision().publish()
    Picture.objects.filter(title="Sieben Häuser").update(description="")

    response = dashboard(client, Role.EDITORS)
    html = response.content.decode()

    assert {"open_points", "missing", "latest_changes"} <= set(panel_names(response))
    assert "Einer Seite fehlt die Beschreibung für Suchmaschinen" in html
    assert "Einem Bild fehlt der Alternativtext" in html
    assert "waiting_applications" not in panel_names(response)


def test_the_office_sees_no_panel_of_the_editors(site, client) -> None:
    response = dashboard(client, Role.OFFICE)

    assert "waiting_applications" in panel_names(response)
    assert {"missing", "latest_changes"} & set(panel_names(response)) == set()


def test_open_points_lead_only_where_one_may_go(site, client) -> None:
    linked = {}
    for number, role in enumerate((Role.EDITORS, Role.TREASURY)):
        person = create_person(f"person{number}@example.org", roles=(role,))
        client.force_login(person)
        (panel,) = (
            panel for panel in client.get(reverse("wagtailadmin_home")).context["panels"] if panel.name == "open_points"
        )
        request = client.get(reverse("wagtailadmin_home")).wsgi_request
        context = panel.get_context_data({"request": request})
        assert len(context["own"]) + len(context["others"]) == context["count"]
        linked[role] = {point.url.split("/")[2] for point in context["own"]}

    assert linked == {Role.EDITORS: {"pages", "downloads"}, Role.TREASURY: {"beitragsordnungen"}}


def test_nothing_on_it_leads_to_another_host_or_speaks_of_the_maker(site, client) -> None:
    html = dashboard(client, Role.EDITORS).content.decode()

    assert "Verwaltung der LAG Sachsen" in html
    for foreign in ("wagtail.org", "github.com", "gravatar", "What's new"):
        assert foreign not in html


def test_only_those_who_write_pages_are_offered_to_search_them(site, client) -> None:
    offers = {}
    for number, role in enumerate((Role.EDITORS, Role.OFFICE, Role.TREASURY)):
        client.force_login(create_person(f"person{number}@example.org", roles=(role,)))
        offers[role] = 'role="search"' in client.get(reverse("wagtailadmin_home")).content.decode().split("<main")[1]

    assert offers == {Role.EDITORS: True, Role.OFFICE: False, Role.TREASURY: False}
