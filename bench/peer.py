"""The peer: the project that ``wagtail start`` makes, with a content page as its tutorial teaches.

Fair: debug off, cached templates, the same server, number of processes, database and text as ours; the page has what
ours has: a menu of two levels, breadcrumbs and the association's particulars, taken from the database as documented.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from bench.words import text_of
from tests.portal.delivery.servers import Installation

TEMPLATES = Path(__file__).with_name("peer_templates")
PARAGRAPHS = 8
MENU = ("Verein", "Projekte", "Netzwerk", "Mitmachen", "Treffen", "Nachrichten", "Kontakt")

MODELS = """
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page


class HomePage(Page):
    pass


class ContentPage(Page):
    intro = models.TextField(blank=True)
    body = StreamField([("text", blocks.RichTextBlock())], blank=True)
    content_panels = Page.content_panels + [FieldPanel("intro"), FieldPanel("body")]


@register_setting
class Particulars(BaseSiteSetting):
    full_name = models.CharField(max_length=200, default="Landesarbeitsgemeinschaft")
    street = models.CharField(max_length=200, default="Musterweg 1")
"""
TAGS = """
from django import template
from wagtail.models import Page, Site

register = template.Library()


@register.inclusion_tag("home/menu.html", takes_context=True)
def menu(context):
    root = Site.find_for_request(context["request"]).root_page
    return {"items": root.get_children().live().in_menu(), "request": context["request"]}


@register.inclusion_tag("home/breadcrumbs.html", takes_context=True)
def breadcrumbs(context):
    page = context["page"]
    return {"items": Page.objects.ancestor_of(page, inclusive=True).filter(depth__gt=1), "request": context["request"]}
"""
SETTINGS = """
from .base import *
import environ
DEBUG = False
SECRET_KEY = "bench"
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": environ.Env().db_url("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}
INSTALLED_APPS += ["wagtail.contrib.settings", "django.contrib.sitemaps"]
TEMPLATES[0]["OPTIONS"]["context_processors"].append("wagtail.contrib.settings.context_processors.settings")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WAGTAIL_ENABLE_UPDATE_CHECK = False
"""
PLANT = """
from home.models import ContentPage
from wagtail.models import Site
home = Site.objects.get().root_page
for title in {menu}:
    page = home.add_child(instance=ContentPage(title=title, slug=title.lower(), show_in_menus=True, intro={intro},
        body={body}))
    page.save_revision().publish()
page.add_child(instance=ContentPage(title="Unterseite", slug="unterseite", show_in_menus=True))
"""
FILL = """
from bench.filling import add_pages, analyze
from home.models import ContentPage
from wagtail.models import Page
parent = Page.objects.get(slug="verein")
add_pages(parent, ContentPage, range(parent.numchild, {size}), lambda number: {{"intro": "Text", "body": "[]"}})
analyze()
"""


def install_peer(folder: Path, *, database_url: str, ours: Installation) -> Installation:
    """Make the project below ``folder``, with its database and pages."""
    folder.mkdir(parents=True)
    wagtail = Path(sys.executable).with_name("wagtail")
    subprocess.run([wagtail, "start", "peer", str(folder)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    home = folder / "home"
    (home / "models.py").write_text(MODELS)
    (home / "templatetags").mkdir()
    (home / "templatetags" / "__init__.py").touch()
    (home / "templatetags" / "home_tags.py").write_text(TAGS)
    templates = home / "templates" / "home"
    for template in TEMPLATES.iterdir():
        shutil.copy(template, templates)
    (folder / "peer" / "settings" / "bench.py").write_text(SETTINGS)
    urls = folder / "peer" / "urls.py"
    sitemap = (
        'from wagtail.contrib.sitemaps.views import sitemap\nurlpatterns.insert(0, path("sitemap.xml", sitemap))\n'
    )
    urls.write_text(urls.read_text() + sitemap)
    environment = ours.environment | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "peer.settings.bench",
        "PYTHONPATH": str(ours.root),
    }
    peer = Installation(folder, environment, root=folder, application="peer.wsgi:application", alive="/")
    peer.manage("makemigrations", "home")
    peer.manage("migrate")
    peer.manage("collectstatic", "--noinput")
    peer.run(PLANT.format(menu=repr(MENU), intro=repr(intro()), body=repr(json.dumps(body()))))
    return peer


def intro() -> str:
    """Return the measured page's introduction."""
    return text_of(1, 20)


def body() -> list[dict[str, str]]:
    """Return the measured page's blocks."""
    return [{"type": "text", "value": f"<h2>{text_of(n, 3)}</h2><p>{text_of(n, 90)}</p>"} for n in range(PARAGRAPHS)]
