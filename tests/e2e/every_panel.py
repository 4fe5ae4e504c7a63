"""Every view of our own in the admin, with people, applications and files that let each of them show something."""

import datetime as dt
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.models import Page

from dues.models import DuesOrder
from library.models import Download, DownloadVersion, LibraryDocument, Picture
from membership import domain
from membership.enums import CompletenessCode
from membership.models import Application, Attachment, BoardDecision, Letter
from pages.models import AboutPage
from portal.accounts.models import User
from portal.association.models import AssociationSettings, BoardTerm, LegalText
from portal.mailing.models import QueuedMail
from portal.mailing.texts import text_kinds
from search.models import MissedQuery, Promotion, Synonym
from tests.e2e.running_portal import RunningPortal
from tests.factories.accounts import create_technician, show_second_factor
from tests.factories.association import create_board_term, create_legal_text
from tests.factories.decisions import accept, ready, told
from tests.factories.dues import create_order
from tests.factories.files import make_pdf
from tests.factories.membership import GROUP, IBAN, LEGAL, create_application
from tests.factories.signatures import DIGITAL, cosigners

ROOMS = ("home", "membership", "dues", "pages", "library", "search", "portal")
# Pieces of a page that Wagtail's own script asks for, as all of its choosers are.
PIECES = {"results", "index_results", "history_results"}
# What Wagtail makes of every model alike.
ALIKE = {"history", "usage", "delete"}
# Wagtail's own pages into which we put something: panels, settings, checks of what is written.
SHELL = {
    "start page": ("wagtailadmin_home", []),
    "account": ("wagtailadmin_account", []),
    "association": ("wagtailsettings:edit", ["association", "associationsettings"]),
    "votes": ("wagtailsettings:edit", ["membership", "votingrules"]),
    "page": ("wagtailadmin_pages:edit", [AboutPage]),
    "picture": ("wagtailimages:edit", [Picture]),
}
TECHNICIAN = "technik-aller-ansichten@example.org"
OK = 200


@dataclass(frozen=True)
class View:
    """A view of ours: its name for ``reverse``, and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def own_views() -> list[View]:
    """Return the views that our rooms have in the admin, sorted by name."""
    return sorted(_views(get_resolver().url_patterns, "", ""), key=str)


def _views(patterns: list[Any], path: str, namespace: str) -> Iterator[View]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if str(pattern.namespace).endswith("_chooser"):
                continue
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _views(pattern.url_patterns, here, inner)
        elif here.startswith("admin/") and pattern.name and pattern.name not in PIECES and _is_ours(pattern):
            yield View(namespace + pattern.name, tuple(pattern.pattern.converters))


def _is_ours(pattern: URLPattern) -> bool:
    """Whether a room wrote the view, or gave Wagtail's own view a model to show."""
    view = pattern.callback
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    shown = getattr(view, "view_initkwargs", {}).get("model")
    if getattr(view, "view_class", view).__module__.split(".")[0] in ROOMS:
        return True
    return isinstance(shown, type) and shown.__module__.split(".")[0] in ROOMS and pattern.name not in ALIKE


def show_everything(portal: RunningPortal) -> tuple[str, dict[str, str]]:
    """Fill ``portal`` with samples; return a technician's session, and by name the address of each view with a page."""
    answer = portal.manage("shell", "-c", "from tests.e2e.every_panel import tell_addresses as tell; tell()")
    session, addresses = json.loads(answer.splitlines()[-1])
    return session, addresses


def leave_as_before(portal: RunningPortal) -> None:
    """End what the samples began and other journeys would notice: the technician's term, confirmations online."""
    portal.manage("shell", "-c", "from tests.e2e.every_panel import end_samples; end_samples()")


# -- inside the portal


def tell_addresses() -> None:
    """Print the session and the addresses. What a view refuses for one sample it may show for another."""
    user = make_samples()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    show_second_factor(client, user)
    shown = {view.name: next(_pages(client, view), "") for view in own_views()}
    addresses = {name: address for name, address in shown.items() if address} | shell_addresses()
    print(json.dumps([client.cookies["sessionid"].value, addresses]))  # noqa: T201


def shell_addresses() -> dict[str, str]:
    """Return where the pages of SHELL are; of a model the first is meant."""
    return {
        name: reverse(view, args=[part if isinstance(part, str) else part.objects.first().pk for part in parts])
        for name, (view, parts) in SHELL.items()
    }


def make_samples() -> User:
    """Make something for every view; return the technician who sits on the board and sees it all."""
    user = create_technician(TECHNICIAN)
    create_board_term(user)
    AssociationSettings.objects.update(**DIGITAL, creditor_identifier="DE98ZZZ09999999999")
    told(accept(ready()))
    domain.open_vote(ready(), opened_by=user, closes_on=timezone.localdate() + dt.timedelta(days=7))
    ready(LEGAL)
    create_application(GROUP, cosigners=cosigners("Anna Eins", "Ben Zwei"))
    asked = create_application(LEGAL, iban=IBAN, email="")
    domain.add_attachment(asked, [make_pdf()], uploaded_by=user)
    domain.request_completion(asked, points=["Es fehlt ein Beispiel."], message="", requested_by=user)
    create_order(published=False)
    create_legal_text(published=False, title="Beispiel: Entwurf")
    Synonym.objects.create(word="beispielwort", meanings="musterwort")
    Promotion.objects.create(query="beispielwort", page=Page.objects.filter(depth=2).first())
    MissedQuery.objects.create(text="beispielwort", day=timezone.localdate(), fingerprint="beispiel", count=3)
    download = Download.objects.first()
    DownloadVersion.objects.create(
        download=download, document=LibraryDocument.objects.first(), version="beispiel", valid_until=dt.date(2026, 1, 1)
    )
    return user


def end_samples() -> None:
    """See ``leave_as_before``."""
    BoardTerm.objects.filter(user__email=TECHNICIAN).delete()
    AssociationSettings.objects.update(accepted_forms=["paper", "scan"], creditor_identifier="")


# Whose keys the views take; all others take an application's.
MODELS = {
    "membership_letters": Letter,
    "dues_orders": DuesOrder,
    "dues_simulation": DuesOrder,
    "downloads": Download,
    "download_versions": DownloadVersion,
    "synonyms": Synonym,
    "promotions": Promotion,
    "missed_queries": MissedQuery,
    "association_legaltexts": LegalText,
    "association_boardterms": BoardTerm,
    "mailing_mails": QueuedMail,
    "wagtailusers_users": User,
    "second_factor_remove": Authenticator,
    "second_factor_reset": User,
}


def _pages(client: Client, view: View) -> Iterator[str]:
    for values in itertools.product(*(_values(view.name, argument) for argument in view.arguments)):
        try:
            address = reverse(view.name, kwargs=dict(zip(view.arguments, values, strict=True)))
        except NoReverseMatch:
            continue
        answer = client.get(address)
        if answer.status_code == OK and not answer.streaming and b"<html" in answer.content[:1000]:
            yield address


def _values(name: str, argument: str) -> list[Any]:
    """Return what may stand for an argument of the view ``name``, the newest thing first."""
    models = {"pk": MODELS.get(name.split(":")[0], Application), "file": Attachment, "decision": BoardDecision}
    if model := models.get(argument):
        return list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:20])
    return {
        "position": [1, 2],
        "code": CompletenessCode.values,
        "kind": [kind.name for kind in text_kinds()],
        "language": ["de"],
    }.get(argument, [])
