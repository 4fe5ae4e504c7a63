"""Reading the postings of a query's words, by SQL that both databases understand and answer from one index.

The lists of very common words are kept in the process as long as the index stands: reading thousands of postings takes
ten times as long as putting them side by side.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from heapq import nsmallest
from typing import Any, NamedTuple

from django.db import connection

from search.analysis.query import Query, Terms, Word
from search.analysis.terms import Match

# A list of so many entries is worth keeping; at 10,000 entries one takes a megabyte.
COMMON = 100
MOST_KEPT = 64
MOST_COMMON = 1000
# More entries than this are not listed in SQL: SQLite allows some 30,000 values.
MOST_LISTED = 10_000
# A rank is a weight, with the day in the lower digits, wide enough for the days of a query's words together.
DAYS = 2**24

# Term → kind → how many entries have it.
Frequencies = Mapping[str, Mapping[str, int]]
# How many entries there are, and the sum of their stamps: another state of the index has another.
State = tuple[Any, ...]


class Found(NamedTuple):
    """The entries that have any of some terms: entry → its best rank, and entry → kind. Never changed once made."""

    ranks: dict[int, int]
    kinds: dict[int, str]


def rows_of(sql: str, parameters: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Return what the database answers; building these few queries with Django would take longer than they do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return cursor.fetchall()


def places(values: Iterable[object]) -> str:
    """Return the place holders of an SQL list."""
    return ", ".join("%s" for _ in values)


def state_if_common(query: Query, language: str) -> State | None:
    """Return the state of the index (one query) if all words of the query are common, as known from earlier ones.

    Not for others: queries with words that have to be read otherwise need all the queries a search may cost.
    """
    if not all(kept.has_common(language, word.all_terms) for word in query.words):
        return None
    [state] = rows_of("SELECT COUNT(*), SUM(stamp) FROM search_indexentry", [])
    return state


def count_terms(query: Query, language: str, state: State | None, *, by_kind: bool) -> Frequencies:
    """Return how many entries have each stem of the query (one query); all under no kind unless ``by_kind``.

    Counting by kind takes several times as long: the index does not have the kinds together. The numbers of common
    words are kept for the ``state`` of the index.
    """
    stems = {term for term in query.all_terms if term.startswith(Match.STEM)}
    known = kept.of_state(state, (language, by_kind), stems)
    if terms := sorted(stems - known.keys()):
        kind, group = ("kind", "term, kind") if by_kind else ("''", "term")
        sql = f"""
            SELECT term, {kind}, COUNT(*) FROM search_posting WHERE language = %s AND term IN ({places(terms)})
            GROUP BY {group}
        """  # noqa: S608 - no values
        for term, name, number in rows_of(sql, [language, *terms]):
            known.setdefault(term, {})[name] = number
        for term in terms:
            if sum(known.get(term, {}).values()) >= COMMON:
                kept.keep(state, language, (language, by_kind), term, known[term])
    return known


def best_entries(word: Word, language: str, *, kind: str, number: int) -> list[int]:
    """Return the best ``number`` entries of one word (one query); each term's best are read from the index alone."""
    of_kind, values = (" AND kind = %s", [kind]) if kind else ("", [])
    one = f"""
        SELECT * FROM (
            SELECT entry_id, weight, day FROM search_posting WHERE language = %s AND term = %s{of_kind}
            ORDER BY weight DESC, day DESC, entry_id LIMIT %s
        ) AS best
    """  # noqa: S608 - no values
    terms = word.index_terms
    parameters = [value for term in terms for value in (language, term, *values, number)]
    best: dict[int, tuple[int, int]] = {}
    for entry, weight, day in rows_of(" UNION ALL ".join([one] * len(terms)), parameters):
        best[entry] = min(best.get(entry, (0, 0)), (-weight, -day))
    return nsmallest(number, best, key=lambda entry: (*best[entry], entry))


def lists_of(groups: Iterable[Terms], language: str, state: State) -> dict[Terms, Found]:
    """Return what ``find`` does, the long lists from this process where it has them (at most one query)."""
    groups = set(groups)
    known = kept.of_state(state, (language, "lists"), groups)
    read = find(groups - known.keys(), language)
    for group, found in read.items():
        if len(found.ranks) >= COMMON:
            kept.keep(state, language, (language, "lists"), group, found)
    return known | read


def find(groups: Iterable[Terms], language: str, *, within: Iterable[str] = ()) -> dict[Terms, Found]:
    """Return for each group of terms the entries that have any of them (one query, none without groups).

    Only entries are looked at that have one of the terms ``within``, if there are any.
    """
    groups, within = set(groups), list(within)
    terms = sorted({term for group in groups for term in group})
    if not terms:
        return {group: Found({}, {}) for group in groups}
    wanted, parameters = f"term IN ({places(terms)})", list(terms)
    if within:
        # The entries have the language already; asked again, the databases would go through all postings of each term.
        having = f"SELECT entry_id FROM search_posting WHERE language = %s AND term IN ({places(within)})"  # noqa: S608
        wanted += f" AND entry_id IN ({having})"
        parameters += [language, *within]
    else:
        wanted += " AND language = %s"
        parameters.append(language)
    columns = map(joined, ("entry_id", "kind", f"CAST(weight AS bigint) * {DAYS} + day"))
    sql = f"SELECT term, {', '.join(columns)} FROM search_posting WHERE {wanted} GROUP BY term"  # noqa: S608
    by_term = {term: found_of(*texts) for term, *texts in rows_of(sql, parameters)}
    return {group: best_of([by_term[term] for term in group if term in by_term]) for group in groups}


def with_phrases(phrases: Iterable[str], entries: list[int]) -> list[int]:
    """Return those of ``entries`` whose stems hold all ``phrases`` (one query)."""
    phrases = list(phrases)
    wanted = " AND ".join(["stems LIKE %s"] * len(phrases))
    parameters: list[object] = [f"%{phrase}%" for phrase in phrases]
    if len(entries) <= MOST_LISTED:
        wanted += f" AND id IN ({places(entries) or 'NULL'})"
        parameters += entries
    found = {entry for (entry,) in rows_of(f"SELECT id FROM search_indexentry WHERE {wanted}", parameters)}  # noqa: S608
    return [entry for entry in entries if entry in found]


def joined(expression: str) -> str:
    """Return the SQL for the values of all rows as one text with commas between: far quicker than thousands of rows."""
    if connection.vendor == "postgresql":
        return f"STRING_AGG(({expression})::text, ',')"
    return f"GROUP_CONCAT({expression})"


def found_of(entries: str, kinds: str, ranks: str) -> Found:
    """Return the entries of one term."""
    keys = list(map(int, entries.split(",")))
    return Found(
        dict(zip(keys, map(int, ranks.split(",")), strict=True)), dict(zip(keys, kinds.split(","), strict=True))
    )


def best_of(found: Iterable[Found]) -> Found:
    """Return the entries of all of ``found``, each with the greatest of its ranks."""
    largest, *others = sorted(found, key=lambda one: len(one.ranks), reverse=True) or [Found({}, {})]
    ranks, kinds = dict(largest.ranks), dict(largest.kinds)
    for other in others:
        ranks.update((entry, rank) for entry, rank in other.ranks.items() if rank > ranks.get(entry, 0))
        kinds.update(other.kinds)
    return Found(ranks, kinds)


class Kept:
    """What is known of common words for one state of the index, the last used."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: State | None = None
        self._values: OrderedDict[tuple[Any, Any], Any] = OrderedDict()
        self._common: set[tuple[str, str]] = set()

    def has_common(self, language: str, terms: Iterable[str]) -> bool:
        """Whether one of ``terms`` was common when it was last looked for."""
        return any((language, term) in self._common for term in terms)

    def of_state(self, state: State | None, what: object, keys: Iterable[Any]) -> dict[Any, Any]:
        """Return key → value for those of ``keys`` that are kept; everything of another state is forgotten."""
        if state is None:
            return {}
        with self._lock:
            if state != self._state:
                self._state = state
                self._values.clear()
            found = {key: self._values[what, key] for key in keys if (what, key) in self._values}
            for key in found:
                self._values.move_to_end((what, key))
            return found

    def keep(self, state: State | None, language: str, what: object, key: Any, value: object) -> None:
        """Keep what was read after ``state`` was seen; without a state only remember that the term is common."""
        with self._lock:
            if isinstance(key, str):
                if len(self._common) >= MOST_COMMON:
                    self._common.clear()
                self._common.add((language, key))
            if state is None or state != self._state:
                return
            self._values[what, key] = value
            while len(self._values) > MOST_KEPT:
                self._values.popitem(last=False)


kept = Kept()
