"""The analysis, by exact results."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from search.analysis.compounds import compound_parts
from search.analysis.highlight import Piece, excerpt, mark
from search.analysis.normalize import fold, normalize, strip_gender_marks
from search.analysis.query import LONGEST_QUERY, parse_query
from search.analysis.stems import stem
from search.analysis.stopwords import is_stop_word
from search.analysis.terms import Texts, completed_words, spellings, stem_sequence, weigh
from search.analysis.tokens import Token, tokenize


@pytest.mark.parametrize(
    "written",
    ["Bürger*innen", "Bürger:innen", "Bürger_innen", "Bürger/-innen", "Bürger/innen", "Bürger(innen)", "BürgerInnen"],
)
def test_gender_marks_go(written):
    assert strip_gender_marks(written) == "Bürger"
    assert [token.text for token in tokenize(f"{written} reden mit")] == ["buerger", "reden", "mit"]


def test_gender_marks_go_inside_a_compound():
    assert strip_gender_marks("Bürger:innenbeteiligung und BürgerInnenrat") == "Bürgerbeteiligung und Bürgerrat"


@pytest.mark.parametrize("written", ["LinkedIn", "CheckIn", "LogIn", "PlugIn", "OptIn", "TeachIn"])
def test_a_capital_in_ends_other_words_too(written):
    folded = written.lower()
    assert [token.text for token in tokenize(f"auf {written}")] == ["auf", folded]
    assert stem(folded, "de") == folded


@pytest.mark.parametrize(
    ("written", "masculine"),
    [
        ("VertreterIn", "vertreter"),
        ("StudentIn", "studenten"),
        ("SozialarbeiterIn", "sozialarbeiter"),
        ("PädagogIn", "paedagogen"),
        ("ArchitektIn", "architekten"),
        ("KollegIn", "kollege"),
        ("ExpertIn", "experten"),
        ("AutorIn", "autor"),
        ("SekretärIn", "sekretaer"),
        ("KandidatIn", "kandidaten"),
        ("JuristIn", "jurist"),
        ("AkteurIn", "akteure"),
        ("FreundIn", "freunde"),
        ("ChefIn", "chef"),
        ("FotografIn", "fotografen"),
        ("PhilosophIn", "philosoph"),
        ("GenossIn", "genossen"),
        ("PilotIn", "piloten"),
        ("ÖkonomIn", "oekonomen"),
        ("TherapeutIn", "therapeuten"),
        ("SorbIn", "sorben"),
        ("TschechIn", "tschechen"),
        ("KöchIn", "koch"),
    ],
)
def test_a_capital_in_of_a_person_shares_the_stem(written, masculine):
    (token,) = tokenize(written)
    assert stem(token.text, "de") == stem(masculine, "de")
    (plural,) = tokenize(f"{written}nen")
    assert stem(plural.text, "de") == stem(masculine, "de")


def test_words_that_only_look_gendered_stay():
    assert strip_gender_marks("Innenstadt, in der Stadt: innen") == "Innenstadt, in der Stadt: innen"


def test_normalize_joins_what_a_line_broke_and_drops_controls():
    assert normalize("Quartiers-\nmanage\u00adment\x00 ﬁx") == "Quartiersmanagement  fix"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Häuser", "haeuser"),
        ("Ha\u0308user", "haeuser"),
        ("Łužica", "luzica"),
        ("Třebíč", "trebic"),
        ("Witaj Ćećelin", "witaj cecelin"),
    ],
)
def test_folding(written, folded):
    assert fold(written) == folded


def test_a_hyphenated_word_is_found_by_parts_and_joined():
    assert tokenize("Know-how-Transfer") == [
        Token("know", 0, 17),
        Token("how", 0, 17),
        Token("transfer", 0, 17),
        Token("knowhow", 0, 17, is_joined=True),
        Token("howtransfer", 0, 17, is_joined=True),
        Token("knowhowtransfer", 0, 17, is_joined=True),
    ]


@pytest.mark.parametrize(
    "forms",
    [
        "haus haeuser haeusern hauses",
        "vertrag vertraege vertrags vertraegen",
        "mieter mieterin mieterinnen mietern",
        "experte expertin expertinnen experten",
        "kollege kollegin kolleginnen",
        "anwalt anwaeltin anwaelte",
        "aerztin arzt aerztinnen",
        "nachbar nachbarin nachbarn nachbarinnen",
        "gremium gremien gremiums",
        "museum museen",
        "zentrum zentren",
        "thema themen",
        "konto konten",
        "praxis praxen",
        "kita kitas",
        "buero bueros",
        "video videos",
        "workshop workshops",
        "umbau umbauten",
        "termin termine terminen",
    ],
)
def test_forms_of_a_word_share_a_stem(forms):
    first, *others = forms.split()
    assert {stem(form, "de") for form in others} == {stem(first, "de")}


@pytest.mark.parametrize(("one", "other"), [("raum", "baum"), ("termin", "term"), ("kreis", "krei"), ("glas", "gla")])
def test_different_words_keep_different_stems(one, other):
    assert stem(one, "de") != stem(other, "de")


def test_each_language_has_its_stemmer_or_none():
    assert stem("gardens", "en") == "garden"
    assert stem("haeuser", "de-simple") == "haus"
    assert stem("domy", "hsb") == "domy"


def test_compounds_are_cut_into_all_their_parts():
    parts = ("stadt", "stadtteil", "teil", "teilmanagement", "management")
    assert sorted(compound_parts("Stadtteilmanagement")) == sorted(parts)
    assert compound_parts("Wochenmaerkte") == compound_parts("Wochenmärkte")
    assert compound_parts("Haus") == ()


def test_what_a_hyphen_leaves_out_is_completed():
    assert completed_words("Die Beitrags- und Finanzordnung gilt.") == ["beitragsordnung"]


def test_stop_words_have_no_terms_but_in_titles():
    weights = weigh(Texts(title="Über uns", body="für uns"), "de", with_parts=False)
    assert sorted(term for term in weights if term.startswith("=")) == ["=ueber", "=uns"]
    assert is_stop_word("x", "de")
    assert not is_stop_word("7", "de")


def test_title_outweighs_intro_and_body_and_attachment_whatever_matches():
    def weight(term, **texts):
        return weigh(Texts(**texts), "de", with_parts=True)[term]

    part_in_title = weight("~quarti", title="Quartiersmanagement")
    elsewhere = {"intro": "Quartier " * 50, "body": "Quartier " * 50, "attachment": "Quartier " * 50}
    assert part_in_title > weight("=quartier", **elsewhere)
    assert weight("~quarti", intro="Quartiersmanagement") > weight("=quartier", **elsewhere | {"intro": ""})
    assert weight("~quarti", body="Quartiersmanagement") > weight("=quartier", attachment="Quartier " * 50)


def test_exact_before_stem_before_part_however_often():
    once, often = weigh(Texts(body="Quartier"), "de", with_parts=True), "Quartiere " * 50 + "Quartiersbüro " * 50
    assert once["=quartier"] > weigh(Texts(body=often), "de", with_parts=True)["~quarti"]
    parts = weigh(Texts(body="Quartiersbüro " * 50), "de", with_parts=True)
    assert once["~quarti"] > parts["~quarti"] > 0


def test_parts_lie_under_their_stems():
    weights = weigh(Texts(body="Quartiersbüro"), "de", with_parts=True)
    assert sorted(weights) == ["=quartiersbuero", "~buro", "~quarti", "~quartiersburo"]
    assert weights["~buro"] < weights["~quartiersburo"] < weights["=quartiersbuero"]


def test_stem_sequence_parts_fields():
    assert stem_sequence(Texts(title="Offene Türen", body="für alle"), "de") == " off tur | fur all "


def test_spellings_keep_the_sites_own_and_add_parts():
    assert spellings(Texts(body="Häuser und 3D"), with_parts=False) == {"haeuser": "Häuser", "und": "und"}
    assert spellings(Texts(body="Fahrradwerkstatt"), with_parts=True)["werkstatt"] == "Werkstatt"


# -- queries


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("", []),
        ("   ", []),
        ("a", []),
        ('" OR 1', ["or", "1"]),
        ("*", []),
        ("%", []),
        ("a AND (", ["and"]),
        ('"offene', ["offene"]),
        ("Haus\x00Hof", ["haus", "hof"]),
        ("🏡", []),
        ("\u202eבית", ["בית"]),
        ("'; DROP TABLE search_posting; --", ["drop", "table", "search", "posting"]),
        ("das Haus am Platz", ["haus", "platz"]),
        ("Haus haus HAUS", ["haus"]),
        ("über uns", ["ueber", "uns"]),
    ],
)
def test_any_text_is_a_query_of_its_words(raw, words):
    assert [word.text for word in parse_query(raw, "de").words] == words


def test_a_long_query_is_cut_and_says_so():
    query = parse_query("Haus " * 60, "de")
    assert (len(query.text), query.was_cut) == (LONGEST_QUERY - 1, True)
    assert [word.text for word in query.words] == ["haus"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Stadtteilbibliothek " * 7, " ".join(["Stadtteilbibliothek"] * 6)),
        ("Donau " * 19 + "Bürger Garten", "Donau " * 19 + "Bürger"),
        ("Donau " * 19 + "Gärtner Garten", "Donau " * 18 + "Donau"),
        ("x" * 300, "x" * LONGEST_QUERY),
    ],
)
def test_a_long_query_ends_behind_a_word(raw, text):
    query = parse_query(raw, "de")
    assert (query.text, query.was_cut) == (text, True)


def test_only_stop_words_are_said():
    assert parse_query("und oder", "de").only_stop_words is True
    assert parse_query("und Haus", "de").only_stop_words is False


def test_quoted_phrases_are_read_by_their_stems():
    assert parse_query('„Offene Türen“ und "Haus"', "de").phrases == (" off tur ",)


def test_neighbors_with_a_synonym_are_one_word():
    synonyms = {"e v": ("verein", "eingetragener verein")}
    (word,) = parse_query("e. V.", "de", synonyms).words
    assert (word.text, word.index_terms, word.sequences) == ("e v", ("=ev", "~ev"), ())
    assert word.meaning.index_terms == ("=verein", "~verein", "=eingetragenerverein", "~eingetragenerverein")
    sequences = word.meaning.sequences
    assert [[terms[0] for terms in sequence] for sequence in sequences] == [["=eingetragener", "=verein"]]
    assert word.has_sequences


def test_abbreviations_of_single_letters_are_words():
    texts = Texts(title="LAG e. V.", body="z.B. A. Muster, 3. 4. und d.h. so")
    terms = weigh(texts, "de", with_parts=False)
    assert [word for word in ("ev", "zb", "dh", "am", "34") if f"={word}" in terms] == ["ev", "zb", "dh"]


# -- marks


def test_marks_hit_compounds_and_other_spellings():
    terms = parse_query("Haus Quartier", "de").all_terms
    assert mark("Häuser im Stadtquartier", terms, "de") == [
        Piece("Häuser", True),
        Piece(" im ", False),
        Piece("Stadtquartier", True),
    ]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("Beitragsordnung", "Die Beitrags- und Finanzordnung gilt.", ["Beitrags"]),
        ("Beitragsordnungen", "Die Beitrags- und Finanzordnung gilt.", ["Beitrags"]),
        ("Bürgerhaus", "Bürger- oder Vereinshaus", ["Bürger"]),
        ("Finanzordnung", "Die Beitrags- und Finanzordnung gilt.", ["Finanzordnung"]),
        ("Beitragsordnung Finanz", "Beitrags- und Finanzordnung", ["Beitrags", "Finanzordnung"]),
        ("Beitragshöhe", "Die Beitrags- und Finanzordnung gilt.", []),
        ("Satzungsordnung", "Die Beitrags- und Finanzordnung gilt.", []),
    ],
)
def test_marks_what_a_later_word_completes(query, text, marked):
    pieces = mark(text, parse_query(query, "de").all_terms, "de")
    assert [piece.text for piece in pieces if piece.is_hit] == marked
    assert "".join(piece.text for piece in pieces) == text


@pytest.mark.parametrize(("query", "text"), [("e.V.", "Quartier e. V. Chemnitz"), ("e. V.", "Quartier e.V. Chemnitz")])
def test_marks_abbreviations_of_single_letters(query, text):
    terms = parse_query(query, "de", {"e v": ("verein",)}).all_terms
    _, marked, after = mark(text, terms, "de")
    assert (marked.is_hit, marked.text.replace(" ", ""), after) == (True, "e.V.", Piece(" Chemnitz", False))


def test_an_excerpt_begins_near_its_hit_and_shows_what_is_left_out():
    text = "Vorweg steht anderes. " * 40 + "Hier sind die Bäume. " + "Danach folgt mehr. " * 40
    pieces = excerpt(text, parse_query("Baum", "de").all_terms, "de")
    assert [piece.text for piece in pieces if piece.is_hit] == ["Bäume"]
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")
    assert sum(len(piece.text) for piece in pieces) <= 250


def test_a_hit_far_behind_is_found():
    text = "Wort " * 10_000 + "Baum"
    assert [piece.text for piece in excerpt(text, parse_query("Baum", "de").all_terms, "de") if piece.is_hit] == [
        "Baum"
    ]


def test_an_excerpt_without_hit_is_the_beginning():
    assert excerpt("Kurzer Text.", frozenset({"=haus"}), "de") == [Piece("Kurzer Text.", False)]
    assert excerpt("", frozenset(), "de") == []


def test_threads_that_ask_at_once_get_their_own_words() -> None:
    """The library's stemmer holds one word; shared without care, it gave wrong stems and now and then an error."""
    beginnings = ("quartier", "stadtteil", "nachbar", "bildung", "verein", "projekt", "wohn")
    endings = ("ungen", "innen", "lichkeiten", "ern", "isch", "es", "heiten", "igkeit")
    words = [f"{beginning}treff{ending}" for beginning in beginnings for ending in endings] * 8
    unkept = stem.__wrapped__
    alone = [unkept(word, "de") for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda word: unkept(word, "de"), words)) == alone
    finally:
        sys.setswitchinterval(interval)
