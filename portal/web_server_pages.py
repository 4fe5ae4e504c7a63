"""What the web server in front says by itself, as pages in the portal's look: they lie beside the static files.

They are German: nginx does not know in which language somebody reads.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

FOLDER = "web-server-pages"


@dataclass(frozen=True)
class Refusal:
    """Title, heading and text of a page."""

    title: str
    heading: str
    text: str


# The portal's own pages, which nginx gives too.
SHARED = ("400", "403", "404")
OWN = {
    "413": Refusal(
        "Zu groß",
        "Das ist zu viel auf einmal",
        "Was Sie geschickt haben, ist größer, als die Website annehmen kann. Gehen Sie eine Seite zurück, und wählen "
        "Sie eine kleinere Datei.",
    ),
    "429": Refusal(
        "Zu viele Anfragen",
        "Das ging zu schnell",
        "Von Ihrem Anschluss kamen in kurzer Zeit sehr viele Anfragen. Warten Sie bitte eine Minute, und versuchen Sie "
        "es dann noch einmal. Gehen Sie dafür eine Seite zurück, Ihre Eingaben sind dort in der Regel noch vorhanden.",
    ),
    "502": Refusal(
        "Kurze Störung",
        "Das geht gerade nicht",
        "Die Website ist im Augenblick nicht erreichbar. Das liegt nicht an Ihnen. Bitte versuchen Sie es in ein paar "
        "Minuten noch einmal. Wenn Sie gerade ein Formular abgeschickt haben: Gehen Sie eine Seite zurück, Ihre "
        "Eingaben sind dort in der Regel noch vorhanden.",
    ),
    "504": Refusal(
        "Kurze Störung",
        "Das dauert zu lange",
        "Die Website hat nicht rechtzeitig geantwortet. Das liegt nicht an Ihnen. Bitte versuchen Sie es in ein paar "
        "Minuten noch einmal. Wenn Sie gerade ein Formular abgeschickt haben, warten Sie erst auf eine E-Mail von uns: "
        "Es kann angekommen sein.",
    ),
}


def write_pages() -> None:
    """Write every page anew; what they look like is in the static files of this release."""
    folder = Path(settings.VAR_DIR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with translation.override("de"):
        pages = {name: _rendered(f"{name}.html") for name in SHARED}
        pages |= {name: _rendered("web_server_page.html", name=name, refusal=OWN[name]) for name in OWN}
    for name, text in pages.items():
        draft = folder / f"{name}.new"
        draft.write_text(text)
        draft.replace(folder / f"{name}.html")


def _rendered(template: str, **context: object) -> str:
    return render_to_string(template, {"site_name": settings.WAGTAIL_SITE_NAME, **context})
