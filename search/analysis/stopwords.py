"""Words so common that they say nothing about a page."""

GERMAN = """
aber als am an auch auf aus bei beim bin bis bist da damit dann das dass dein dem den denn der des die dies diese
diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es euer fuer hat hatte ich ihr ihre
ihrem ihren ihrer im in ins ist ja kann kein keine man mein mich mir mit nach nicht noch nun nur ob oder sehr sein seine
sich sie sind so ueber um und uns unser unter vom von vor war was wenn wer werden wie wir wird wo zu zum zur
"""
ENGLISH = """
a about an and are as at be by can do for from had has have he her his how i if in is it its me my no not of on or our
she so that the their them they this to was we were what when where which who will with you your
"""
STOP_WORDS = {"de": frozenset(GERMAN.split()), "en": frozenset(ENGLISH.split())}


def is_stop_word(word: str, language: str) -> bool:
    """Whether a folded ``word`` says nothing in ``language``; single letters never do."""
    return (len(word) == 1 and word.isalpha()) or word in STOP_WORDS.get(language.split("-")[0], frozenset())
