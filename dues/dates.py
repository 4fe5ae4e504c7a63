"""Days people type."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 2000, 2099
# 10.05.2027 as people write it; 2027-05-10 as links and date controls carry it.
GERMAN = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", re.ASCII)
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
LONGEST_TYPED = 20


def parse_day(text: str) -> dt.date:
    """Return the day a person typed; raises ValidationError (``empty``, ``no_date``, ``no_such_day``, ``year``)."""
    typed = (text or "").strip()
    if not typed:
        raise ValidationError(_("Bitte geben Sie einen Tag ein, zum Beispiel 15.03.2027."), code="empty")
    match = GERMAN.fullmatch(typed) or ISO.fullmatch(typed)
    if match is None:
        raise ValidationError(
            _("„%(typed)s“ ist kein Datum. Bitte schreiben Sie Tag, Monat und Jahr, zum Beispiel 15.03.2027."),
            code="no_date",
            params={"typed": typed[:LONGEST_TYPED]},
        )
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    try:
        parsed = dt.date(year, month, day)
    except ValueError as error:
        raise ValidationError(
            _("Den Tag %(typed)s gibt es nicht. Bitte prüfen Sie Tag und Monat."),
            code="no_such_day",
            params={"typed": typed},
        ) from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(
            _("Bitte geben Sie ein Jahr zwischen %(first)s und %(last)s ein."),
            code="year",
            params={"first": FIRST_YEAR, "last": LAST_YEAR},
        )
    return parsed
