"""The second factor: who needs it, what works without it, setting up, showing, losing."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.second_factor import changes
from portal.accounts.second_factor.adapters import PLACE
from portal.accounts.second_factor.requirement import devices_of, needs_second_factor, unused_recovery_codes
from portal.mailing.models import QueuedMail
from portal.mailing.registry import composer_of
from portal.privacy.models import AuditEntry
from portal.privacy.sealing import DamagedSeal, unseal
from tests.factories.accounts import PASSWORD, create_app, create_person, create_technician
from tests.factories.membership import create_staff

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ASK, CHOOSE, APP = reverse("second_factor:ask"), reverse("second_factor:choose"), reverse("second_factor:app")
CODES, DEVICES = reverse("second_factor:codes"), reverse("second_factor_devices")
APPLICATIONS = reverse("membership_applications:index")
HOME = reverse("wagtailadmin_home")
WRONG = (
    "Das hat nicht gepasst. Ein Code aus der App gilt 30 Sekunden und nur einmal; warten Sie gegebenenfalls "
    "auf den nächsten. Auch die Uhrzeit des Geräts muss stimmen."
)


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def wrong_code(secret: str = SECRET) -> str:
    """Return six digits that are right in none of the steps that are taken."""
    right = {code(secret, steps=step) for step in range(-3, 4)}
    return next(digits for number in range(10) if (digits := str(number) * 6) not in right)


@pytest.fixture
def office() -> User:
    return create_staff("office@example.org", "record")


@pytest.fixture
def half(client: Client, office: User) -> Client:
    """Somebody of the office after the password."""
    client.half_sign_in(office)
    return client


@pytest.fixture
def equipped(office: User) -> User:
    """The same with an app."""
    create_app(office, SECRET)
    return office


def where(response: Any) -> str:
    return str(response.headers.get("Location", ""))


# -- who needs it


def test_whoever_may_see_an_application_needs_it(office: User) -> None:
    board = create_staff("board@example.org", "decide", board_term=True)
    editor = create_person("redaktion@example.org", roles=(Role.EDITORS,))
    former = create_staff("former@example.org", "decide")
    assert [needs_second_factor(person) for person in (office, board, create_technician(), editor, former)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert needs_second_factor(AnonymousUser()) is False


def test_an_editor_signs_in_without(client: Client) -> None:
    client.half_sign_in(create_person(roles=(Role.EDITORS,)))
    assert client.get(HOME).status_code == 200


def test_an_editor_with_a_device_is_asked(client: Client) -> None:
    editor = create_person(roles=(Role.EDITORS,))
    create_app(editor, SECRET)
    client.half_sign_in(editor)
    assert where(client.get(HOME)) == f"{ASK}?next=%2Fadmin%2F"


# -- half signed in


@pytest.mark.parametrize("address", [HOME, APPLICATIONS, DEVICES, reverse("wagtailadmin_account")])
def test_half_signed_in_every_address_of_the_admin_leads_to_the_step(half: Client, address: str) -> None:
    response = half.get(address)
    assert (response.status_code, where(response)) == (302, f"{ASK}?next={address.replace('/', '%2F')}")


def test_a_post_is_not_lost_on_somebody_half_signed_in_but_refused(half: Client) -> None:
    response = half.post(APPLICATIONS, {"x": "y"})
    assert where(response) == f"{ASK}?next=%2Fadmin%2F"


def test_outside_the_admin_they_are_visitors(half: Client, rf: Any) -> None:
    from portal.accounts.second_factor.middleware import SecondFactorMiddleware

    request = rf.get("/")
    request.session, request.user = half.session, User.objects.get()
    seen = []
    SecondFactorMiddleware(lambda request: seen.append(request.user.is_authenticated) or "answer")(request)
    assert seen == [False]


def test_the_sign_in_page_itself_leads_to_the_step(client: Client) -> None:
    create_technician()
    response = client.post(
        reverse("wagtailadmin_login"),
        {"username": "technik@example.org", "password": PASSWORD, "next": APPLICATIONS},
        follow=True,
    )
    assert response.redirect_chain == [
        (APPLICATIONS, 302),
        (f"{ASK}?next=%2Fadmin%2Fantraege%2F", 302),
        (f"{CHOOSE}?next=%2Fadmin%2Fantraege%2F", 302),
    ]


def test_nobody_is_led_to_the_sign_in(client: Client) -> None:
    for address in (ASK, CHOOSE, APP, CODES):
        assert where(client.get(address)) == reverse("wagtailadmin_login")


def test_half_signed_in_one_can_leave(half: Client) -> None:
    half.post(reverse("wagtailadmin_logout"))
    assert where(half.get(ASK)) == reverse("wagtailadmin_login")


# -- setting up


def shown_secret(client: Client) -> str:
    html = client.get(APP).content.decode()
    found = re.search(r"data-secret>([A-Z2-7 ]+)<", html)
    assert found
    return found[1].replace(" ", "")


def test_the_first_sign_in_sets_up_an_app_and_shows_recovery_codes_once(half: Client, office: User) -> None:
    secret = shown_secret(half)
    assert shown_secret(half) == secret
    response = half.post(APP, {"code": code(secret), "next": APPLICATIONS})
    assert where(response) == f"{CODES}?next=%2Fadmin%2Fantraege%2F"
    assert unused_recovery_codes(office) == 0
    shown = half.post(f"{CODES}?next={APPLICATIONS}")
    assert shown.context["next"] == APPLICATIONS
    assert len(set(shown.context["codes"])) == unused_recovery_codes(office) == 10
    assert half.get(CODES).context["codes"] == []
    assert half.get(APPLICATIONS).status_code == 200
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["second_factor_added", "recovery_codes_made"]
    assert [mail.kind for mail in QueuedMail.objects.all()] == [changes.MAIL_CHANGED]


def test_a_wrong_first_code_keeps_the_picture(half: Client, office: User) -> None:
    secret = shown_secret(half)
    response = half.post(APP, {"code": wrong_code(secret)})
    assert response.context["form"].errors == {"code": [WRONG]}
    assert response.context["secret"].replace(" ", "") == secret
    assert devices_of(office).count() == 0


def test_secrets_are_sealed_wherever_they_lie(half: Client, office: User) -> None:
    secret = shown_secret(half)
    assert secret not in str(dict(half.session))
    half.post(APP, {"code": code(secret)})
    half.post(CODES)
    app, codes = Authenticator.objects.order_by("pk")
    assert unseal(app.data["secret"], context=PLACE) == secret
    assert secret not in str(app.data)
    assert codes.data["seed"] != unseal(codes.data["seed"], context=PLACE)
    with pytest.raises(DamagedSeal):
        unseal(app.data["secret"], context="other.place")


def test_a_password_alone_adds_no_device(half: Client, equipped: User) -> None:
    for address in (CHOOSE, APP, reverse("second_factor:passkey"), CODES, reverse("second_factor:password")):
        assert where(half.get(address)) == ASK
    half.post(APP, {"code": code()})
    half.post(CODES)
    assert (devices_of(equipped).count(), unused_recovery_codes(equipped)) == (1, 0)


# -- showing


def test_the_code_of_the_app_completes_the_sign_in(half: Client, equipped: User) -> None:
    response = half.post(ASK, {"code": code(), "next": APPLICATIONS})
    assert where(response) == APPLICATIONS
    assert half.get(APPLICATIONS).status_code == 200
    assert devices_of(equipped).get().last_used_at is not None


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_wrong(half: Client, equipped: User, steps: int) -> None:
    assert where(half.post(ASK, {"code": code(steps=steps)})) == HOME


def test_a_code_is_taken_once(half: Client, equipped: User) -> None:
    used = code(steps=1)
    half.post(ASK, {"code": used})
    second = Client()
    second.half_sign_in(equipped)  # type: ignore[attr-defined]
    response = second.post(ASK, {"code": used})
    assert response.context["form"].errors == {"code": [WRONG]}
    assert where(second.get(APPLICATIONS)).startswith(ASK)


@pytest.mark.parametrize("mark", [" ", "-", ".", "\u00a0"])
def test_set_apart_in_another_way_it_is_the_same_code(
    half: Client, equipped: User, time_machine: Any, mark: str
) -> None:
    time_machine.move_to("2026-11-25 12:00+01:00", tick=False)
    used = code(steps=1)
    half.post(ASK, {"code": used})
    # django-allauth forgets a used code after one step of time, in which it is still a right one.
    time_machine.shift(31)
    second = Client()
    second.half_sign_in(equipped)  # type: ignore[attr-defined]
    assert second.post(ASK, {"code": f"{used[:3]}{mark}{used[3:]}"}).status_code == 200
    assert where(second.get(APPLICATIONS)).startswith(ASK)


def test_guessing_is_stopped_after_five(half: Client, equipped: User) -> None:
    answers = [half.post(ASK, {"code": wrong_code()}).context["form"].errors["code"] for _ in range(6)]
    assert answers[:5] == [[WRONG]] * 5
    assert answers[5] == ["Zu viele Fehlversuche. Bitte warten Sie fünf Minuten und versuchen Sie es dann noch einmal."]
    assert half.post(ASK, {"code": code()}).status_code == 200
    assert where(half.get(APPLICATIONS)).startswith(ASK)


@pytest.mark.parametrize("typed", ["", "abc", "１２３４５６", "9" * 400, "<b>"])
def test_nonsense_is_refused_at_the_field(half: Client, equipped: User, typed: str) -> None:
    response = half.post(ASK, {"code": typed})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["code"]


@pytest.mark.parametrize("credential", ["", "{", "{}", "[]", '"x"', '{"id": 1}'])
def test_a_made_up_passkey_is_refused(half: Client, equipped: User, credential: str) -> None:
    response = half.post(ASK, {"credential": credential})
    assert response.status_code == 200
    assert list(response.context["passkey"].errors) == ["credential"]


def test_a_recovery_code_works_once_and_is_told(half: Client, equipped: User) -> None:
    spare = changes.make_recovery_codes(equipped)[3]
    assert where(half.post(ASK, {"code": spare})) == HOME
    assert unused_recovery_codes(equipped) == 9
    second = Client()
    second.half_sign_in(equipped)  # type: ignore[attr-defined]
    assert second.post(ASK, {"code": spare}).context["form"].errors == {"code": [WRONG]}
    assert AuditEntry.objects.filter(action="recovery_code_used").count() == 1
    assert [mail.kind for mail in QueuedMail.objects.all()] == [changes.MAIL_CHANGED]


def test_an_address_elsewhere_is_not_gone_on_to(half: Client, equipped: User) -> None:
    assert where(half.post(ASK, {"code": code(), "next": "https://example.org/"})) == HOME


def test_a_new_password_does_not_spare_the_step(half: Client, equipped: User) -> None:
    half.post(ASK, {"code": code()})
    half.post(reverse("wagtailadmin_login"), {"username": "office@example.org", "password": "ein langes Kennwort"})
    assert where(half.get(APPLICATIONS)).startswith(ASK)


# -- changing and losing


def test_devices_are_listed_for_their_owner_alone(client: Client, equipped: User) -> None:
    other = create_technician()
    create_app(other)
    client.force_login(equipped)
    assert [device["name"] for device in client.get(DEVICES).context["devices"]] == ["App für Einmalcodes"]
    foreign = reverse("second_factor_remove", args=[devices_of(other).get().pk])
    assert client.get(foreign).status_code == 404


def test_changing_devices_asks_for_a_password_typed_just_now(client: Client, equipped: User, time_machine: Any) -> None:
    time_machine.move_to("2026-11-25 12:00+01:00", tick=False)
    client.force_login(equipped)
    assert client.get(CHOOSE).status_code == 200
    time_machine.shift(601)
    response = client.get(CHOOSE)
    assert where(response) == f"{reverse('second_factor:password')}?next=%2Fadmin%2Fzweiter-faktor%2Feinrichten%2F"
    wrong = client.post(where(response), {"password": "falsch"})
    assert wrong.context["form"].errors == {"password": ["Das Passwort stimmt nicht. Bitte prüfen Sie Ihre Eingabe."]}
    right = client.post(where(response), {"password": "ein langes Kennwort"})
    assert where(right) == CHOOSE
    assert client.get(CHOOSE).status_code == 200


def test_the_last_device_of_somebody_who_needs_one_stays(client: Client, equipped: User) -> None:
    client.force_login(equipped)
    client.post(reverse("second_factor_remove", args=[devices_of(equipped).get().pk]))
    assert devices_of(equipped).count() == 1


def test_an_editor_may_remove_the_last_one_and_its_codes_go_too(client: Client) -> None:
    editor = create_person(roles=(Role.EDITORS,))
    create_app(editor)
    changes.make_recovery_codes(editor)
    client.force_login(editor)
    client.post(reverse("second_factor_remove", args=[devices_of(editor).get().pk]))
    assert Authenticator.objects.count() == 0
    assert client.get(HOME).status_code == 200


def test_removing_a_device_ends_the_sign_ins_made_with_it(client: Client, equipped: User) -> None:
    elsewhere = Client()
    client.force_login(equipped)
    elsewhere.force_login(equipped)
    lost = devices_of(equipped).get()
    changes.add_passkey(equipped, "Beispiel", {})
    client.post(reverse("second_factor_remove", args=[lost.pk]))
    assert client.get(APPLICATIONS).status_code == 200
    assert where(elsewhere.get(APPLICATIONS)).startswith(ASK)


def test_a_second_app_is_refused(equipped: User) -> None:
    with pytest.raises(changes.AppAlreadySetUp):
        changes.add_app(equipped, SECRET)


def test_a_technician_resets_and_it_is_logged_and_told(client: Client, equipped: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(equipped)
    technician = create_technician()
    client.force_login(technician)
    address = reverse("second_factor_reset", args=[equipped.pk])
    assert client.get(address).status_code == 200
    assert devices_of(equipped).count() == 1
    client.post(address)
    assert devices_of(equipped).count() == 0
    assert where(elsewhere.get(APPLICATIONS)).startswith(ASK)
    entry = AuditEntry.objects.get(action="second_factor_reset")
    assert (entry.actor, entry.subject_id) == (technician, equipped.pk)
    [mail] = composer_of(changes.MAIL_RESET)(equipped.pk)
    assert (mail.to, mail.subject) == ([equipped.email], "Ihr zweiter Faktor wurde zurückgesetzt")


def test_nobody_else_resets(client: Client, equipped: User) -> None:
    client.force_login(equipped)
    assert client.post(reverse("second_factor_reset", args=[equipped.pk])).status_code == 403
    assert devices_of(equipped).count() == 1


def test_the_server_resets_for_a_technician_who_lost_everything(capsys: Any) -> None:
    technician = create_technician()
    create_app(technician)
    call_command("reset_second_factor", "TECHNIK@example.org")
    assert devices_of(technician).count() == 0
    assert AuditEntry.objects.get().actor is None
    assert capsys.readouterr().out == (
        "Der zweite Faktor von technik@example.org ist zurückgesetzt. "
        "Beim nächsten Anmelden wird er neu eingerichtet.\n"
    )


def test_a_new_data_key_opens_everything_again(settings: Any, equipped: User) -> None:
    new = "neu:" + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    settings.DATA_KEYS = [new, *settings.DATA_KEYS]
    call_command("rotate_data_keys")
    settings.DATA_KEYS = [new]
    assert devices_of(equipped).get().wrap().validate_code(code()) is True


# -- addresses and pages


def test_passkeys_are_offered_only_where_browsers_can(half: Client) -> None:
    answers = [
        half.get(CHOOSE, headers={"host": host}, secure=secure).context["can_use_passkeys"]
        for host, secure in (("localhost:8000", False), ("127.0.0.1:8000", False), ("127.0.0.1", True))
    ]
    assert answers == [True, False, False]


def test_the_pages_keep_the_strict_policy_and_are_not_kept(half: Client) -> None:
    response = half.get(APP)
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert "style=" not in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_the_picture_shrinks_whole(half: Client) -> None:
    drawn = half.get(APP).context["qr_code"]
    assert drawn.startswith("<svg")
    assert "viewBox" in drawn
