"""The page tree: each file below home/starter_content/pages/ is one page."""

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page

from home.models import HomePage, StarterRecord
from home.starter.files import Entry, read_folder
from home.starter.records import record_key
from home.starter.site import ensure_site
from home.starter.values import References, field_value, related_key
from library.models import Download, Picture

# Where a page belongs; everything else in a file is a field of the page.
PLACE_KEYS = ("type", "parent", "order")


class PageLoader:
    """Loads the page tree in two passes: first every page with its plain fields, then texts that link to others.

    A page loaded before is written again only if its file has changed and nobody has edited it since. A page that
    was deleted stays deleted.
    """

    def __init__(self) -> None:
        self.entries = parents_first(read_folder("pages"))
        self.records = {record.key: record for record in StarterRecord.objects.filter(key__startswith="pages/")}
        self.page_keys: dict[str, int] = {}
        self.references = References(page=self.page_key, picture=picture_key, download=download_key)

    def load(self) -> int:
        """Load the tree; returns how many pages were written."""
        pending = [(entry, page) for entry in self.entries if (page := self._page_to_write(entry))]
        for entry, page in pending:
            self._write(entry, page)
        return len(pending)

    def page_key(self, slug: str) -> int:
        """Return the primary key of the page written down under ``slug``; LookupError if there is none."""
        if slug not in self.page_keys:
            raise LookupError(f"no page is called {slug}")
        return self.page_keys[slug]

    def _page_to_write(self, entry: Entry) -> Page | None:
        """Return the page to fill with ``entry``, made if it is new; None if it is to stay as it is."""
        record = self.records.get(record_key(entry))
        if record is None:
            page = self._existing(entry) or self._create(entry)
            self.page_keys[entry.values["slug"]] = page.pk
            if page.latest_revision_id is None:
                return page
            self._adopt(entry, page)
            return None
        page = Page.objects.filter(pk=record.object_id).first()
        if page is None:
            return None
        self.page_keys[entry.values["slug"]] = page.pk
        unchanged_file = record.fingerprint == entry.fingerprint
        return None if unchanged_file or page.latest_revision_id != record.revision_id else page.specific

    def _existing(self, entry: Entry) -> Page | None:
        """Return a page somebody has already made at the entry's place."""
        if model_of(entry) is HomePage:
            found = HomePage.objects.filter(locale=Locale.get_default()).first()
        else:
            found = Page.objects.child_of(self._parent(entry)).filter(slug=entry.values["slug"]).first()
        return found.specific if found else None

    def _adopt(self, entry: Entry, page: Page) -> None:
        """Remember a page that was there before the loader: it is the editors'."""
        StarterRecord.objects.create(key=record_key(entry), fingerprint=entry.fingerprint, object_id=page.pk)

    def _create(self, entry: Entry) -> Page:
        """Add the page, unpublished, with the fields that need no other page."""
        model = model_of(entry)
        page = model(live=False, locale=Locale.get_default())
        for name, written in page_fields(entry).items():
            field = self._field(entry, model, name)
            if isinstance(field, models.Field) and not is_linked(field):
                setattr(page, field.attname, field_value(field, written, self.references))
        parent = Page.get_first_root_node() if model is HomePage else self._parent(entry)
        parent.add_child(instance=page)
        if model is HomePage:
            ensure_site(page)
        return page

    def _parent(self, entry: Entry) -> Page:
        return Page.objects.get(pk=self.page_key(entry.values["parent"]))

    def _write(self, entry: Entry, page: Page) -> None:
        """Set every field, publish, and remember the revision."""
        # Children were added since the page was: its stale count of them must not be written back.
        page.refresh_from_db(fields=["numchild"])
        for name, written in page_fields(entry).items():
            field = self._field(entry, type(page), name)
            if isinstance(field, models.Field):
                setattr(page, field.attname, field_value(field, written, self.references))
            else:
                setattr(page, name, self._rows(field.related_model, written))
        try:
            page.full_clean()
        except ValidationError as error:
            raise entry.error(str(error)) from error
        revision = page.save_revision()
        revision.publish()
        StarterRecord.objects.update_or_create(
            key=record_key(entry),
            defaults={"fingerprint": entry.fingerprint, "object_id": page.pk, "revision_id": revision.pk},
        )

    def _rows(self, model: type[models.Model], written: list[Any]) -> list[models.Model]:
        """Return the rows of a list on the page; a row that is only a name stands for what it chooses."""
        rows = []
        for position, row in enumerate(written):
            if isinstance(row, str):
                (choice,) = (f for f in model._meta.fields if isinstance(f, models.ForeignKey) and f.name != "page")
                values = {choice.attname: related_key(choice.related_model, row, self.references)}
            else:
                values = dict(row)
            rows.append(model(sort_order=position, **values))
        return rows

    def _field(self, entry: Entry, model: type[Page], name: str) -> Any:
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise entry.error(f"{model.__name__} has no field {name}") from error


def page_fields(entry: Entry) -> dict[str, Any]:
    """Return what an entry says about the page itself."""
    return {name: value for name, value in entry.values.items() if name not in PLACE_KEYS}


def model_of(entry: Entry) -> type[Page]:
    """Return the kind of page an entry describes."""
    try:
        return apps.get_model(entry.values["type"])
    except (KeyError, ValueError, LookupError) as error:
        raise entry.error("type names no kind of page") from error


def is_linked(field: models.Field) -> bool:
    """Whether a field's value may name other pages, so that these must exist first."""
    return isinstance(field, RichTextField | StreamField)


def parents_first(entries: list[Entry]) -> list[Entry]:
    """Return the entries so that a page comes after its parent and siblings stand in their order."""
    by_parent: dict[str | None, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.values.get("order", 0), entry.name)):
        by_parent.setdefault(entry.values.get("parent"), []).append(entry)
    ordered = list(by_parent.pop(None, []))
    for entry in ordered:
        ordered.extend(by_parent.pop(entry.values["slug"], []))
    if by_parent:
        orphan = next(iter(by_parent.values()))[0]
        raise orphan.error(f"there is no page {orphan.values['parent']}")
    return ordered


def picture_key(name: str) -> int:
    """Return the primary key of the picture loaded as ``name``."""
    return loaded_key(f"pictures.yaml:{name}", Picture)


def download_key(name: str) -> int:
    """Return the primary key of the download at ``/downloads/<name>/``."""
    return Download.objects.values_list("pk", flat=True).get(name=name)


def loaded_key(key: str, model: type[models.Model]) -> int:
    """Return the primary key of what was loaded as ``key`` while it still exists; else LookupError."""
    record = StarterRecord.objects.filter(key=key).first()
    if record is None or record.object_id is None or not model._default_manager.filter(pk=record.object_id).exists():
        raise LookupError(f"{key} is not there")
    return int(record.object_id or 0)
