"""The message catalogues below portal/locale/: compiled without gettext's tools, compared with the code, kept up.

The visible texts in the code are German, so German needs no catalogue for them; a German one only replaces the wording
of Django's and Wagtail's own texts and is not compared with our code.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from portal.messages import Message

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def catalogue_files(locale_folder: Path) -> Iterator[Path]:
    """Yield every catalogue (.po) in ``locale_folder``, sorted by language."""
    yield from sorted(locale_folder.glob("*/LC_MESSAGES/*.po"))


def catalogue_of(locale_folder: Path, language: str) -> Path:
    """Return where the catalogue of ``language`` lies."""
    return locale_folder / language / "LC_MESSAGES" / "django.po"


def compile_catalogue(source: Path) -> bool:
    """Write ``source``'s compiled form beside it unless it is newer already; return whether it was written."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return False
    # Written aside and moved into place: a server or a second test process may be reading it.
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    draft.replace(target)
    return True


def findings(catalogue: polib.POFile, messages: dict[Message, list[str]]) -> list[str]:
    """Return one line for each text of ``messages`` that ``catalogue`` translates not, doubtfully or wrongly.

    Entries that nothing uses any more are findings too.
    """
    entries = _entries(catalogue)
    lines = []
    for message, places in sorted(messages.items(), key=lambda item: item[1]):
        entry = entries.get(message)
        problem = "fehlt" if entry is None else _problem(entry)
        if problem:
            lines.append(f"{problem}: „{message.text}“ ({places[0]})")
    lines += [f"wird nicht mehr gebraucht: „{message.text}“" for message in entries if message not in messages]
    return lines


def update(catalogue: polib.POFile, messages: Iterable[Message]) -> tuple[int, int]:
    """Add empty entries for new texts and drop those that nothing uses; return how many of each."""
    wanted, entries = set(messages), _entries(catalogue)
    stale = [entry for message, entry in entries.items() if message not in wanted]
    new = sorted((message for message in wanted if message not in entries), key=lambda message: message.text)
    for entry in stale:
        catalogue.remove(entry)
    for message in new:
        plural = {"msgid_plural": message.plural, "msgstr_plural": {0: "", 1: ""}} if message.plural else {}
        catalogue.append(polib.POEntry(msgctxt=message.context, msgid=message.text, **plural))
    return len(new), len(stale)


def _entries(catalogue: polib.POFile) -> dict[Message, polib.POEntry]:
    return {
        Message(entry.msgctxt, entry.msgid, entry.msgid_plural or None): entry
        for entry in catalogue
        if not entry.obsolete
    }


def _problem(entry: polib.POEntry) -> str | None:
    """Return what is wrong with the translation in ``entry``; None when nothing is."""
    if "fuzzy" in entry.flags:
        return "ist als zweifelhaft markiert"
    if not entry.translated():
        return "ist nicht übersetzt"
    pairs = [(entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        # The singular may say „one“ instead of the number.
        pairs = [(entry.msgid_plural, entry.msgstr_plural[max(entry.msgstr_plural)])]
    if any(set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(target)) for source, target in pairs):
        return "hat andere Platzhalter als das Original"
    return None
