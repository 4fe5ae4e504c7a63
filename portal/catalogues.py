"""The message catalogues below portal/locale/: where they lie, and their compilation without gettext's tools."""

import os
from collections.abc import Iterator
from pathlib import Path

import polib


def catalogue_files(locale_folder: Path) -> Iterator[Path]:
    """Yield every catalogue (.po) in ``locale_folder``, sorted by language."""
    yield from sorted(locale_folder.glob("*/LC_MESSAGES/*.po"))


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
