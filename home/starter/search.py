"""Words of the starter content that mean the same to the search."""

from home.starter.files import Entry, read_list
from home.starter.records import load_once
from search.models import Synonym


def load_synonyms() -> int:
    """Load the synonyms that were not loaded before; returns how many."""
    return sum(load_once(entry, create_synonym) for entry in read_list("synonyms.yaml"))


def create_synonym(entry: Entry) -> Synonym | None:
    """Store one word with what it means, unless an editor has entered the word already."""
    synonym, is_new = Synonym.objects.get_or_create(
        word=entry.name, defaults={"meanings": ", ".join(entry.values["meanings"])}
    )
    return synonym if is_new else None
