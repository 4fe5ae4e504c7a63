"""Addresses in plain ASCII, the way German is spelled without umlauts."""

from django.utils.text import slugify

GERMAN_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"},
)


def german_slug(text: str) -> str:
    """Return ``text`` as an address part: „Über uns“ becomes „ueber-uns“, other letters lose their marks."""
    return slugify(text.translate(GERMAN_LETTERS))


def unique_slugs(titles: list[str], *, fallback: str) -> list[str]:
    """Return one address part per title, in order; a repeated one gets a number, an empty one is ``fallback``."""
    taken: set[str] = set()
    slugs = []
    for title in titles:
        base = german_slug(title) or fallback
        slug, number = base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        taken.add(slug)
        slugs.append(slug)
    return slugs
