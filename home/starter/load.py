"""Everything the portal starts from, in the order it depends on each other."""

from django.db import transaction
from django.utils import translation

from home.groups import ensure_groups
from home.starter.association import load_association
from home.starter.dues import load_dues
from home.starter.library import load_library
from home.starter.pages import PageLoader
from home.starter.search import load_synonyms
from home.starter.site import ensure_locales


def load_starter_content() -> int:
    """Load what was not loaded before, all of it or nothing; returns how many entries were written.

    Raises StarterContentError, naming the file, when one of them cannot be loaded.
    """
    with transaction.atomic(), translation.override("de"):
        ensure_locales()
        count = load_association() + load_dues() + load_library() + load_synonyms() + PageLoader().load()
        ensure_groups()
    return count
