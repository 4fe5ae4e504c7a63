"""Suggestions while somebody types: pages and downloads whose titles hold what stands in the field so far.

All titles lie in the snapshot, so that a key pressed costs no query beside the content's version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from search.analysis.query import LONGEST_QUERY, MOST_WORDS, Synonyms
from search.analysis.tokens import tokenize
from search.models import IndexEntry

TITLES = "search.titles"
MOST_SUGGESTIONS = 6
SHORTEST_TYPED = 2
# A shorter text stands inside too many words by chance; at their beginning it counts.
SHORTEST_WITHIN = 4


@dataclass(frozen=True, slots=True)
class Title:
    """One thing that can be found, as it is suggested."""

    text: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Titles:
    """All titles of one language, and which of them hold a folded word."""

    titles: tuple[Title, ...]
    holders: Mapping[str, frozenset[int]]

    def holding(self, typed: str) -> set[int]:
        """Return the places of the titles with a word that begins with ``typed`` or, if that is long, holds it."""
        is_long = len(typed) >= SHORTEST_WITHIN
        found = (
            places for word, places in self.holders.items() if word.startswith(typed) or (is_long and typed in word)
        )
        return set().union(*found)


def collect_titles() -> dict[str, Titles]:
    """Return language → its titles."""
    by_language: dict[str, list[Title]] = {}
    rows = IndexEntry.objects.order_by("pk").values_list("language", "title", "url", "kind")
    for language, text, url, kind in rows.iterator():
        by_language.setdefault(language, []).append(Title(text, url, kind))
    return {language: titles_of(titles) for language, titles in by_language.items()}


def titles_of(titles: Iterable[Title]) -> Titles:
    """Return ``titles`` with their words."""
    kept = tuple(titles)
    holders: dict[str, set[int]] = {}
    for place, title in enumerate(kept):
        for token in tokenize(title.text):
            holders.setdefault(token.text, set()).add(place)
    return Titles(kept, {word: frozenset(places) for word, places in holders.items()})


def suggestions(typed: str, titles: Titles, synonyms: Synonyms) -> list[Title]:
    """Return the best titles for what is typed so far: all its words in any order, each perhaps unfinished.

    Titles that begin with it come first, then short ones.
    """
    words = list(dict.fromkeys(token.text for token in tokenize(typed[:LONGEST_QUERY]) if not token.is_joined))
    if sum(map(len, words)) < SHORTEST_TYPED:
        return []
    found = set.intersection(*(meant(word, titles, synonyms) for word in words[:MOST_WORDS]))

    def place(number: int) -> tuple[bool, int, str]:
        first = next(iter(tokenize(titles.titles[number].text)), None)
        text = titles.titles[number].text
        return not (first and first.text.startswith(words[0])), len(text), text

    return [titles.titles[number] for number in sorted(found, key=place)[:MOST_SUGGESTIONS]]


def meant(word: str, titles: Titles, synonyms: Synonyms) -> set[int]:
    """Return the places of the titles that hold ``word`` or what editors say means the same."""
    spelled = (spelling.split() for spelling in (word, *synonyms.get(word, ())))
    return set().union(*(set.intersection(*map(titles.holding, parts)) for parts in spelled if parts))
