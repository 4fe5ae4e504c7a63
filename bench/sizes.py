"""What grows with the site and what does not: the same requests at 50, 1,000 and 10,000 pages.

Each size is a portal of its own, and all are asked in turn, so that whatever else the machine does falls on all alike.
Pages are asked for past the page cache, as an uncached reader, an editor or the office would.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench import measuring
from tests.portal.delivery.servers import SESSION, Installation, Visitor

SIZES = (50, 1_000, 10_000)
APPLICATIONS = 20_000
ROUNDS = 7
# With a session of nobody's nothing kept is given.
UNCACHED = {"__Host-sessionid": "messung"}

FILL = """
import json
from bench.filling import add_pages, analyze
from bench.peer import body, intro
from pages.models import NewsIndexPage, NewsPage, StandardPage
from django.utils import timezone
from wagtail.models import Site
home = Site.objects.get().root_page
if not home.get_children().filter(slug="messseite").exists():
    page = StandardPage(title="Messseite", slug="messseite", locale=home.locale, intro=intro(), show_in_menus=False)
    page.body = [(block["type"], block["value"]) for block in body()]
    home.add_child(instance=page)
    page.save_revision().publish()
news = NewsIndexPage.objects.get()
own = {{"intro": "Text", "menu_title": "", "listing_picture_id": None, "body": "[]"}}
if news.numchild < {size}:
    own |= {{"date": timezone.localdate()}}
    add_pages(news, NewsPage, range(news.numchild, {size}), lambda number: own)
analyze()
print(news.pk, StandardPage.objects.get(slug="messseite").pk)
"""
FILL_APPLICATIONS = """
from bench.filling import analyze, copies
from tests.factories.membership import create_application
from portal.association.enums import ApplicantKind
copies(create_application(ApplicantKind.NATURAL_PERSON), {number},
    lambda index: {{"reference": f"M-{{index:06}}", "submission_key": f"messung-{{index}}"}})
analyze()
"""


@dataclass(frozen=True)
class Growth:
    """An action's median in milliseconds at each size, and the largest size's ratio to the smallest's."""

    name: str
    medians: dict[int, float]
    ratio: float


def fill(ours: Installation, size: int) -> tuple[int, int]:
    """Bring the site to ``size`` pages; return the keys of the section that has them and of the measured page.

    All are news of one section: at the smallest size too the lists of readers and of editors have a full screen.
    """
    section, page = map(int, ours.run(FILL.format(size=size)).split())
    return section, page


def fill_applications(ours: Installation, number: int = APPLICATIONS) -> None:
    """Store so many applications, copies of one."""
    ours.run(FILL_APPLICATIONS.format(number=number))


def measure(sites: Mapping[int, tuple[Installation, int]]) -> list[Growth]:
    """Take each action's times at every size: number of pages → the portal that has them, and its server's port."""
    by_size = {size: actions(port, _editor(ours, port), *fill(ours, size)) for size, (ours, port) in sites.items()}
    smallest, *_, largest = by_size
    grown = []
    for name in by_size[smallest]:
        taken = measuring.measure({str(size): own[name] for size, own in by_size.items()}, rounds=ROUNDS)
        medians = {size: one.median for size, one in zip(by_size, taken, strict=True)}
        grown.append(Growth(name, medians, medians[largest] / medians[smallest]))
    return grown


def _editor(ours: Installation, port: int) -> Visitor:
    return Visitor(port, cookies={"__Host-sessionid": ours.run(SESSION)})


def actions(port: int, editor: Visitor, section: int, page: int) -> dict[str, Callable[[], object]]:
    """Return what to measure."""
    reader = Visitor(port, cookies=dict(UNCACHED))
    edit = f"/admin/pages/{page}/edit/"
    form = editor.form(edit) | {"body-count": "0", "action-publish": "action-publish"}

    def publish() -> None:
        answer = editor.post(edit, form)
        if answer.status != 302:
            raise AssertionError(f"not published: {answer.status}")

    def publish_and_read() -> None:
        publish()
        get(reader, "/messseite/")

    return {
        "home page": lambda: get(reader, "/"),
        "content page with menu": lambda: get(reader, "/messseite/"),
        "news list, page 2": lambda: get(reader, "/aktuelles/?page=2"),
        "search": lambda: get(reader, "/suche/?q=Quartiersmanagement"),
        "sitemap": lambda: get(reader, "/sitemap.xml"),
        "admin explorer": lambda: get(editor, f"/admin/pages/{section}/"),
        "application list": lambda: get(editor, "/admin/antraege/"),
        "publish": publish,
        "publish and first page after": publish_and_read,
    }


def get(visitor: Visitor, path: str) -> None:
    """Ask for a page that must be there."""
    answer = visitor.get(path)
    if answer.status != 200:
        raise AssertionError(f"{path}: {answer.status}")


def table(title: str, growths: list[Growth]) -> str:
    """Return the medians as lines of text."""
    width = max(len(growth.name) for growth in growths)
    sizes = list(growths[0].medians)
    head = f"{'':{width}}  " + " ".join(f"{size:>10}" for size in sizes) + f" {'ratio':>7}"
    lines = (
        f"{one.name:{width}}  " + " ".join(f"{one.medians[size]:7.1f} ms" for size in sizes) + f" {one.ratio:7.2f}"
        for one in growths
    )
    return "\n".join([title, head, *lines])
