"""What to make of a word no page has: a part of longer words of the site, or a typing error („Meinten Sie …“)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from search.analysis.stems import is_german, stem
from search.analysis.terms import Match
from search.analysis.tokens import tokenize
from search.models import Posting, Word

CLOSEST = 5
# Of 100; below it a suggestion is a guess that confuses.
LEAST_SIMILARITY = 72
# A long word with one wrong letter; a word that can be read as it stands is hardly another one further away.
NEARLY_EQUAL = 90
LONGEST_DIFFERENCE = 3
SHORTEST_WORD = 4
# A shorter stem stands in many words by chance.
SHORTEST_HELD = 5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The site's own words that may help with unknown ones: folded → as the site writes it."""

    spellings: Mapping[str, str]
    language: str

    def holding(self, word: str) -> list[str]:
        """Return the longer words that hold the stem of ``word``: „mehrgenerationenhaus“ for „generationen“."""
        held = stem(word, self.language)
        if not is_german(self.language) or len(held) < SHORTEST_HELD:
            return []
        return sorted(known for known in self.spellings if held in known or held in stem(known, self.language))


def vocabulary(unknown: Iterable[str], language: str) -> Vocabulary:
    """Return the words near to, or holding, one of the ``unknown`` folded words (one query)."""
    wanted = Q()
    for word in unknown:
        if len(word) >= SHORTEST_WORD and word.isalpha():
            wanted |= may_be_near(word) | Q(text__contains=stem(word, language))
    found = Word.objects.filter(wanted, language=language).values_list("text", "spelling") if wanted else []
    return Vocabulary(dict(found), language)


def may_be_near(word: str) -> Q:
    """Return the filter for words of about the same length with the beginning or the end of ``word``."""
    lengths = (len(word) - LONGEST_DIFFERENCE, len(word) + LONGEST_DIFFERENCE)
    return Q(length__range=lengths) & (Q(initial__in={word[0], word[1]}) | Q(ending=word[-2:]))


def suggest(text: str, mistyped: Iterable[str], words: Vocabulary, *, least: int = LEAST_SIMILARITY) -> str:
    """Return the query ``text`` with its ``mistyped`` folded words replaced by near ones (at most one query).

    Empty when no word of the site is near enough; ``least`` is the similarity of 100 that they must have.
    """
    wanted = sorted(word for word in set(mistyped) if len(word) >= SHORTEST_WORD and word.isalpha())
    near = {word: closest(word, sorted(words.spellings), least) for word in wanted}
    usage = count_usage({candidate for found in near.values() for candidate in found}, words.language)
    replacements = {}
    for word, found in near.items():
        ranked = sorted((-similarity, -usage[one], one) for one, similarity in found.items() if one in usage)
        if ranked:
            replacements[word] = words.spellings[ranked[0][-1]]
    return replace_words(text, replacements) if replacements else ""


def closest(word: str, candidates: list[str], least: int) -> dict[str, float]:
    """Return the nearest of ``candidates`` with their similarity of 1; swapped letters count as one error."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    found = process.extract(
        word,
        candidates,
        scorer=DamerauLevenshtein.normalized_similarity,
        limit=CLOSEST,
        score_cutoff=least / 100,
    )
    return {candidate: similarity for candidate, similarity, _ in found}


def count_usage(words: set[str], language: str) -> dict[str, int]:
    """Return word → how often an entry holds it now, inflected or in a compound; words that have gone are missing."""
    if not words:
        return {}
    terms = {word: Match.STEM + stem(word, language) for word in words}
    rows = Posting.objects.filter(language=language, term__in=set(terms.values()))
    counts = dict(rows.order_by().values_list("term").annotate(Count("entry_id")))
    return {word: counts[term] for word, term in terms.items() if term in counts}


def replace_words(text: str, replacements: Mapping[str, str]) -> str:
    """Return ``text`` with the words at the places of the mistyped ones replaced."""
    result = text
    for token in reversed(tokenize(text)):
        if token.text in replacements:
            result = result[: token.start] + replacements[token.text] + result[token.end :]
    return result
