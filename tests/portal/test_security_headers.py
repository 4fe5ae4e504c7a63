"""What browsers are told: strict for visitors and the login, two exceptions for Wagtail's admin."""

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.security_headers import is_relaxed

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}
ADMIN = STRICT | {"script-src": "'self' 'unsafe-inline'", "img-src": "'self' data: blob:"}


def policy(response) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


@pytest.mark.parametrize(
    "address", ["/", "/gibt-es-nicht/", "/robots.txt", "/suche/?q=Verein", "/admin/login/", "/admin/password_reset/"]
)
def test_visitors_and_login_get_the_strict_policy(client, address: str) -> None:
    assert policy(client.get(address)) == STRICT


def test_the_admin_gets_its_two_exceptions_and_no_more(client) -> None:
    client.force_login(User.objects.create_superuser(email="technik@example.org", password="x"))

    assert policy(client.get(reverse("wagtailadmin_home"))) == ADMIN


@pytest.mark.parametrize(
    ("path", "relaxed"),
    [
        ("/admin/", True),
        ("/admin/pages/3/edit/", True),
        ("/admin/login/", False),
        ("/admin/password_reset/confirm/MQ/abc/", False),
        ("/administration/", False),
        ("/en/admin/", False),
        ("/", False),
    ],
)
def test_only_addresses_of_the_admin_are_relaxed(path: str, relaxed: bool) -> None:
    assert is_relaxed(path) is relaxed


@pytest.mark.parametrize("address", ["/", "/gibt-es-nicht/", "/admin/login/", "/robots.txt"])
def test_every_answer_carries_the_other_headers(client, address: str) -> None:
    response = client.get(address)

    names = (
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "X-Permitted-Cross-Domain-Policies",
    )
    assert {name: response[name] for name in names} == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Permitted-Cross-Domain-Policies": "none",
    }
    assert response["Permissions-Policy"].split(", ")[:3] == ["accelerometer=()", "camera=()", "display-capture=()"]
