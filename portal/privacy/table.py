"""The catalogue of personal fields as the table in docs/datenschutz.md."""

from django.utils.translation import override

from portal.privacy.catalogue import PersonalFields, personal_data
from portal.privacy.retention import is_rule, rule_named

BEGIN, END = "<!-- Verzeichnis: Anfang -->", "<!-- Verzeichnis: Ende -->"
HEAD = "| Was | Von wem | Wozu | Rechtsgrundlage | Wie lange | Wer liest es |\n|---|---|---|---|---|---|"


def table() -> str:
    """Return the table in German, with the default periods: the document speaks of no one installation."""
    with override("de"):
        return "\n".join([HEAD, *(_line(entry) for entry in personal_data())])


def with_table(document: str) -> str:
    """Return the document with today's table between its two marks."""
    before, _mark, rest = document.partition(BEGIN)
    _old, _mark, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def _line(entry: PersonalFields) -> str:
    what = f"**{entry.model_class._meta.verbose_name}**: {', '.join(entry.labels)}"
    readers = ", ".join(str(reader.label) for reader in entry.readers)
    cells = (what, entry.subjects, entry.purpose, entry.basis.label, _kept(entry), readers)
    return "| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in cells) + " |"


def _kept(entry: PersonalFields) -> str:
    if not is_rule(entry.retention):
        return str(entry.retention)
    rule = rule_named(str(entry.retention))
    return f"{rule.default} ab {rule.counted_from} ({rule.label})"
