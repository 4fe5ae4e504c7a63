"""The association's settings and legal texts, as samples the board replaces."""

from home.starter.files import Entry, read_mapping, read_texts
from home.starter.records import load_once
from home.starter.rich_text import rich_text
from portal.association.enums import LegalTextKind
from portal.association.models import AssociationSettings, LegalText


def load_association() -> int:
    """Load settings and legal texts that were not loaded before; returns how many."""
    loaded = [load_once(read_mapping("settings.yaml"), fill_settings)]
    loaded += [load_once(entry, create_legal_text) for entry in read_texts("legal_texts")]
    return sum(loaded)


def fill_settings(entry: Entry) -> AssociationSettings | None:
    """Fill in the settings unless somebody has done so already."""
    settings = AssociationSettings.load()
    if settings.full_name:
        return None
    for name, value in entry.values.items():
        if not hasattr(settings, name):
            raise entry.error(f"the association has no setting {name}")
        setattr(settings, name, value.strip() if isinstance(value, str) else value)
    settings.full_clean()
    settings.save()
    return settings


def create_legal_text(entry: Entry) -> LegalText | None:
    """Publish the first version of a legal text, in force from today, unless there is one."""
    if entry.name not in LegalTextKind.values:
        raise entry.error(f"{entry.name} is no kind of legal text")
    if LegalText.objects.published().filter(kind=entry.name).exists():
        return None
    text = LegalText(
        kind=entry.name,
        title=entry.values["title"],
        body=rich_text(entry.values["text"], page_key=_no_page),
    )
    text.full_clean(exclude=["version"])
    text.publish()
    return text


def _no_page(slug: str) -> int:
    raise LookupError(f"legal texts do not link to pages ({slug})")
