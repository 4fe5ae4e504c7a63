"""There is no room, for files or for the database: people are told, nothing is half-written, and it goes on afterwards.

Once on a small file system that is really full, with PostgreSQL's tables on it, where mounting one is allowed; and
everywhere by a limit on what the processes may write into a file, which SQLite meets in its database too.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.factories.files import make_pdf, make_photo
from tests.portal.delivery.servers import Answer, Visitor
from tests.soak.production import Portal, Production, may_mount, no_room_for_files, submission

# What is missing after so many attempts will not be missed: a row needs a new page of its table every few rows.
MOST = 40
# Enough for the beginning of a file.
SOME_ROOM = 500
# What a reader is told whose thread has no connection yet: PostgreSQL lets nobody in when it has no room for a file of
# its own ("could not write init file").
NOT_NOW = "Das geht gerade nicht"
DISK = [pytest.param("disk")] if may_mount() else []


@pytest.fixture(params=["limit", *DISK])
def files_full(request: pytest.FixtureRequest, production: Production) -> AbstractContextManager[None]:
    """A block during which files find no room."""
    if production.disk is not None and request.param == "disk":
        return production.disk.full()
    return no_room_for_files(production.servers(), room=SOME_ROOM)


@pytest.fixture(params=["SQLite", *DISK])
def portal(request: pytest.FixtureRequest) -> Portal:
    """A portal whose database can run out of room."""
    portal: Portal = request.getfixturevalue("production" if request.param == "disk" else "small_portal")
    return portal


@pytest.fixture
def full(portal: Portal) -> AbstractContextManager[None]:
    """A block during which its database finds no room."""
    if isinstance(portal, Production) and portal.disk is not None:
        return portal.disk.full()
    return no_room_for_files(portal.servers())


def is_told(answer: Answer) -> bool:
    """Whether the page says in German that nothing could be stored now."""
    return answer.status == 503 and "Wir können im Augenblick nichts speichern" in answer.body


def files_in(folder: Path) -> dict[str, int]:
    return {str(file.relative_to(folder)): file.stat().st_size for file in folder.rglob("*") if file.is_file()}


def test_an_upload_that_finds_no_room(production: Production, files_full: AbstractContextManager[None]) -> None:
    applicant = Visitor(production.ports[0])
    applicant.get(production.planted["status"])
    address, scan = f"{production.planted['status']}datei/", make_pdf(3)
    private = production.installation.folder / "var" / "private"
    before = files_in(private), production.count("membership_attachment"), production.count("privacy_auditentry")
    with files_full:
        refused = applicant.send_file(address, "scan", scan)
        left = files_in(private), production.count("membership_attachment"), production.count("privacy_auditentry")
    taken = applicant.send_file(address, "scan", scan)

    assert (is_told(refused), left) == (True, before)
    assert taken.status == 302
    assert sorted(files_in(private).values()) == sorted([*before[0].values(), len(scan)])


@pytest.mark.parametrize(
    ("address", "table", "file_name", "content"),
    [
        ("/admin/images/add/", "library_picture", "foto.jpg", make_photo((900, 900))),
        ("/admin/documents/add/", "library_librarydocument", "bericht.txt", b"Bericht\n" * 1_000),
    ],
    ids=["picture", "document"],
)
def test_an_editors_file_that_finds_no_room(
    production: Production,
    files_full: AbstractContextManager[None],
    address: str,
    table: str,
    file_name: str,
    content: bytes,
) -> None:
    editor = production.editor()
    ((root,),) = production.query("SELECT id FROM wagtailcore_collection WHERE depth = 1")
    fields = editor.form(address) | {"title": "Ohne Platz", "description": "Ein Platz", "collection": str(root)}
    media = production.installation.folder / "var" / "media"
    before = files_in(media), production.count(table)
    with files_full:
        refused = editor.send_file(address, "file", content, file_name=file_name, fields=fields)
        left = files_in(media), production.count(table)
    taken = editor.send_file(address, "file", content, file_name=file_name, fields=fields)

    assert (is_told(refused), left) == (True, before)
    assert (taken.status, production.count(table)) == (302, before[1] + 1)
    assert len(files_in(media).keys() - before[0].keys()) == 1


def test_submitting_while_the_database_has_no_room(portal: Portal, full: AbstractContextManager[None]) -> None:
    paths = iter(portal.planted["drafts"][1:20])
    applicant = Visitor(portal.ports[0])
    forms = [(path, submission(applicant, path)) for path in paths]
    before = stored(portal)
    taken, refused = [], []
    with full:
        for path, form in forms:
            answer = applicant.post(path, form)
            (taken if answer.status == 302 else refused).append((path, form, answer))
    between = stored(portal)
    again = [applicant.post(path, form).status for path, form, _ in refused]

    assert refused
    assert {is_told(answer) for _, _, answer in refused} == {True}
    # Each application with its texts, its mail and its line in the log, or nothing of it.
    assert grown(before, between) == [len(taken)] * 3
    assert (again, grown(before, stored(portal))) == ([302] * len(refused), [len(forms)] * 3)


def stored(portal: Portal) -> list[int]:
    return [
        portal.count(
            "membership_application",
            "EXISTS (SELECT 1 FROM membership_applicationtext t WHERE t.application_id = membership_application.id)",
        ),
        portal.count("mailing_queuedmail", "kind = 'application_confirm'"),
        portal.count("privacy_auditentry", "action = 'application_submitted'"),
    ]


def grown(before: list[int], after: list[int]) -> list[int]:
    return [later - earlier for earlier, later in zip(before, after, strict=True)]


def test_publishing_without_room(portal: Portal, full: AbstractContextManager[None]) -> None:
    editor, title = portal.editor(), "Vorher"
    address = f"/admin/pages/{portal.planted['page']}/edit/"
    form = editor.form(address) | {"body-count": "0", "action-publish": "action-publish"}
    refusals: list[Answer] = []
    with full:
        for number in range(MOST):
            answer = editor.post(address, form | {"title": f"Ohne Platz {number}"})
            if answer.status != 302:
                refusals.append(answer)
                break
            title = f"Ohne Platz {number}"
        shown = set(headings(portal))
    assert [is_told(answer) for answer in refusals] == [True]
    assert shown <= {title, NOT_NOW}
    assert live(portal) == (title, title)

    assert editor.post(address, form | {"title": "Mit Platz"}).status == 302
    assert (set(headings(portal)), live(portal)) == ({"Mit Platz"}, ("Mit Platz", "Mit Platz"))


def headings(portal: Portal) -> Iterator[str]:
    for reader in portal.readers:
        yield reader.get("/stoerung/").body.partition("<h1")[2].partition(">")[2].partition("</h1>")[0].strip()


def live(portal: Portal) -> tuple[str, str]:
    """Return the page's title in its own row and in the revision that is said to be live."""
    ((own, revision),) = portal.query(
        "SELECT page.title, revision.content->>'title' FROM wagtailcore_page page "
        "JOIN wagtailcore_revision revision ON revision.id = page.live_revision_id WHERE page.id = %s",
        portal.planted["page"],
    )
    return own, revision
