"""„Meinten Sie …“: the site's own words nearest to one that was mistyped."""

from collections.abc import Iterable

from django.db.models import Count, Q

from search.analysis.terms import Match
from search.analysis.tokens import tokenize
from search.models import Posting, Word

CLOSEST = 5
# Of 100; below it a suggestion is a guess that confuses.
LEAST_SIMILARITY = 72
LONGEST_DIFFERENCE = 3
SHORTEST_WORD = 4


def suggest(text: str, unknown: Iterable[str], language: str) -> str:
    """Return the query ``text`` with its ``unknown`` folded words replaced by near ones (2 queries).

    Empty when no word of the site is near enough.
    """
    mistyped = {word for word in unknown if len(word) >= SHORTEST_WORD and word.isalpha()}
    if not mistyped:
        return ""
    candidates = dict(Word.objects.filter(may_be_near(mistyped), language=language).values_list("text", "spelling"))
    near = {word: closest(word, list(candidates)) for word in mistyped}
    usage = count_usage({candidate for found in near.values() for candidate in found}, language)
    replacements = {}
    for word, found in near.items():
        living = [candidate for candidate in found if candidate in usage]
        if living:
            best = max(living, key=lambda candidate: (found[candidate], usage[candidate]))
            replacements[word] = candidates[best]
    return replace_words(text, replacements) if replacements else ""


def may_be_near(words: Iterable[str]) -> Q:
    """Return the filter for words of about the same length that begin with the first or second letter of one."""
    wanted = Q()
    for word in words:
        lengths = (len(word) - LONGEST_DIFFERENCE, len(word) + LONGEST_DIFFERENCE)
        wanted |= Q(initial__in={word[0], word[1]}, length__range=lengths)
    return wanted


def closest(word: str, candidates: list[str]) -> dict[str, float]:
    """Return the nearest of ``candidates`` with their similarity of 100; swapped letters count as one error."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    found = process.extract(
        word,
        candidates,
        scorer=DamerauLevenshtein.normalized_similarity,
        limit=CLOSEST,
        score_cutoff=LEAST_SIMILARITY / 100,
    )
    return {candidate: similarity for candidate, similarity, _ in found}


def count_usage(words: set[str], language: str) -> dict[str, int]:
    """Return word → number of entries that hold it now; words that have gone are missing."""
    terms = [Match.EXACT + word for word in words]
    rows = (
        Posting.objects.filter(term__in=terms, entry__language=language)
        .values_list("term")
        .annotate(entries=Count("entry_id"))
    )
    return {term[1:]: entries for term, entries in rows}


def replace_words(text: str, replacements: dict[str, str]) -> str:
    """Return ``text`` with the words at the places of the mistyped ones replaced."""
    result = text
    for token in reversed(tokenize(text)):
        if token.text in replacements:
            result = result[: token.start] + replacements[token.text] + result[token.end :]
    return result
