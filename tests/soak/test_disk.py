"""The disk is full, the one with the files and with the database's tables: people are told, nothing is half-written."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.factories.files import make_pdf
from tests.portal.delivery.servers import Answer, Visitor
from tests.soak.production import Production, no_room_for_files, submission

# What is missing after so many attempts will not be missed: a row needs a new page of its table every few rows.
MOST = 40


@pytest.fixture
def full(production: Production) -> AbstractContextManager[None]:
    """A block during which the disk is full."""
    if production.disk is None:
        pytest.skip("Ein kleines Dateisystem lässt sich hier nicht einhängen.")
    return production.disk.full()


def is_told(answer: Answer) -> bool:
    """Whether the page says in German that nothing could be stored now."""
    return answer.status == 503 and "Wir können im Augenblick nichts speichern" in answer.body


def files_in(folder: Path) -> dict[str, int]:
    return {str(file.relative_to(folder)): file.stat().st_size for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("what", ["disk", "quota"])
def test_an_upload_that_finds_no_room(production: Production, request: pytest.FixtureRequest, what: str) -> None:
    no_room = request.getfixturevalue("full") if what == "disk" else no_room_for_files(production.servers())
    applicant = Visitor(production.ports[0])
    applicant.get(production.planted["status"])
    address, scan = f"{production.planted['status']}datei/", make_pdf(3)
    private = production.installation.folder / "var" / "private"
    before = files_in(private), production.count("membership_attachment"), production.count("privacy_auditentry")
    with no_room:
        refused = applicant.send_file(address, "scan", scan)
        left = files_in(private), production.count("membership_attachment"), production.count("privacy_auditentry")
    taken = applicant.send_file(address, "scan", scan)

    assert (is_told(refused), left) == (True, before)
    assert taken.status == 302
    assert sorted(files_in(private).values()) == sorted([*before[0].values(), len(scan)])


def test_submitting_while_the_database_has_no_room(production: Production, full: AbstractContextManager[None]) -> None:
    paths = iter(production.planted["drafts"][1:20])
    applicant = Visitor(production.ports[0])
    forms = [(path, submission(applicant, path)) for path in paths]
    before = stored(production)
    taken, refused = [], []
    with full:
        for path, form in forms:
            answer = applicant.post(path, form)
            (taken if answer.status == 302 else refused).append((path, form, answer))
    between = stored(production)
    again = [applicant.post(path, form).status for path, form, _ in refused]

    assert refused
    assert {is_told(answer) for _, _, answer in refused} == {True}
    # Each application with its texts, its mail and its line in the log, or nothing of it.
    assert grown(before, between) == [len(taken)] * 3
    assert (again, grown(before, stored(production))) == ([302] * len(refused), [len(forms)] * 3)


def stored(production: Production) -> list[int]:
    return [
        production.count(
            "membership_application",
            "EXISTS (SELECT FROM membership_applicationtext t WHERE t.application_id = membership_application.id)",
        ),
        production.count("mailing_queuedmail", "kind = 'application_confirm'"),
        production.count("privacy_auditentry", "action = 'application_submitted'"),
    ]


def grown(before: list[int], after: list[int]) -> list[int]:
    return [later - earlier for earlier, later in zip(before, after, strict=True)]


def test_publishing_without_room(production: Production, full: AbstractContextManager[None]) -> None:
    editor, title = production.editor(), "Vorher"
    address = f"/admin/pages/{production.planted['page']}/edit/"
    form = editor.form(address) | {"body-count": "0", "action-publish": "action-publish"}
    refusals: list[Answer] = []
    with full:
        for number in range(MOST):
            answer = editor.post(address, form | {"title": f"Ohne Platz {number}"})
            if answer.status != 302:
                refusals.append(answer)
                break
            title = f"Ohne Platz {number}"
        shown = set(headings(production))
    assert [is_told(answer) for answer in refusals] == [True]
    assert (shown, live(production)) == ({title}, (title, title))

    assert editor.post(address, form | {"title": "Mit Platz"}).status == 302
    assert (set(headings(production)), live(production)) == ({"Mit Platz"}, ("Mit Platz", "Mit Platz"))


def headings(production: Production) -> Iterator[str]:
    for reader in production.readers:
        yield reader.get("/stoerung/").body.partition("<h1")[2].partition(">")[2].partition("</h1>")[0].strip()


def live(production: Production) -> tuple[str, str]:
    """Return the page's title in its own row and in the revision that is said to be live."""
    ((own, revision),) = production.query(
        "SELECT page.title, revision.content->>'title' FROM wagtailcore_page page "
        "JOIN wagtailcore_revision revision ON revision.id = page.live_revision_id WHERE page.id = %s",
        production.planted["page"],
    )
    return own, revision
