"""Countries for postal addresses: ISO 3166 codes with their German names, offline from pycountry's catalogue."""

import gettext
from functools import cache

GERMANY = "DE"
# What people call it; ISO's own German names are kept for everybody else.
_USUAL_NAMES = {"CZ": "Tschechien"}
_SORT_LIKE = str.maketrans({"Ä": "A", "Ö": "O", "Ü": "U", "ä": "a", "ö": "o", "ü": "u"})


@cache
def countries() -> tuple[tuple[str, str], ...]:
    """Return code and German name of every country, Germany first, the others by name."""
    import pycountry

    german = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["de"])
    names = {each.alpha_2: _USUAL_NAMES.get(each.alpha_2, german.gettext(each.name)) for each in pycountry.countries}
    rest = sorted(names.items(), key=lambda item: item[1].translate(_SORT_LIKE))
    return ((GERMANY, names[GERMANY]), *((code, name) for code, name in rest if code != GERMANY))


def country_name(code: str) -> str:
    """Return the German name of the country; a code nobody knows stays as it is."""
    return dict(countries()).get(code, code)
