"""The rows of a group in words: who has confirmed when, who has not, and what can be done about it.

The applicant's page and the office's page show the same list.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from membership.enums import SignatureStanding
from membership.fields import MOST_SIGNATURES, SIGNATURES_NEEDED
from membership.models import Application, CoSignature
from membership.models.signature import INVITATION_LIVES
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings


@dataclass(frozen=True)
class CosignerLine:
    """One row with its standing in a sentence; the steps are those of the contact person."""

    row: CoSignature
    standing: SignatureStanding
    sentence: str
    may_resend: bool
    may_revoke: bool
    may_replace: bool


@dataclass(frozen=True)
class CosignerList:
    """All rows; ``people`` counts who has confirmed, on paper and digital, each person once.

    ``title`` speaks of signatures where all of it is paper.
    """

    lines: list[CosignerLine]
    people: int
    is_digital: bool
    title: str
    can_add: bool
    is_open: bool

    @property
    def is_enough(self) -> bool:
        """Whether five people have confirmed."""
        return self.people >= SIGNATURES_NEEDED

    @property
    def is_live(self) -> bool:
        """Whether somebody is missing who may still confirm."""
        return self.is_open and not self.is_enough

    @property
    def count_sentence(self) -> str:
        """How many of five."""
        if self.is_enough:
            return _("%(people)s Personen haben bestätigt. Fünf sind nötig.") % {"people": self.people}
        sentence = ngettext(
            "%(people)s Person von fünf hat bestätigt.", "%(people)s Personen von fünf haben bestätigt.", self.people
        )
        return sentence % {"people": self.people}

    @property
    def live_count(self) -> dict[str, str | bool]:
        """What a page that is open asks for again and again: the sentence, and whether it can still change."""
        return {"sentence": self.count_sentence, "missing": self.is_live}

    @property
    def counts_somebody_once(self) -> bool:
        """Whether one person signed in more than one row."""
        return sum(line.row.present for line in self.lines) > self.people


def cosigner_list(application: Application) -> CosignerList:
    """Return the rows of a group's application as they stand now."""
    now = timezone.now()
    digital = application.is_open and AssociationSettings.load().accepts(AcceptedForm.DIGITAL)
    rows = application.cosignatures.select_related("recorded_by").order_by("position")
    lines = [_line(row, now, digital=digital) for row in rows]
    people = len({line.row.folded_name for line in lines if line.row.present})
    can_add = digital and len(lines) < MOST_SIGNATURES
    has_digital = digital or any(line.standing is SignatureStanding.CONFIRMED for line in lines)
    title = _("Fünf Bestätigungen") if has_digital else _("Fünf Unterschriften")
    return CosignerList(lines, people, digital, title, can_add=can_add, is_open=application.is_open)


def _line(row: CoSignature, now: datetime, *, digital: bool) -> CosignerLine:
    standing = row.standing_at(now)
    running = standing in (SignatureStanding.INVITED, SignatureStanding.EXPIRED)
    return CosignerLine(
        row,
        standing,
        standing_sentence(row, standing),
        may_resend=digital and not row.present and bool(row.email),
        may_revoke=digital and running,
        may_replace=digital and not row.present,
    )


def standing_sentence(row: CoSignature, standing: SignatureStanding) -> str:
    """Return where a row stands, with the days that matter."""
    if standing is SignatureStanding.CONFIRMED and row.recorded_at:
        return _("digital bestätigt am %(time)s") % {"time": _time(row.recorded_at)}
    if standing is SignatureStanding.SIGNED and row.signed_on:
        return _("auf Papier unterschrieben am %(day)s") % {"day": _day(row.signed_on)}
    if standing is SignatureStanding.DECLINED and row.declined_at:
        return _("hat am %(day)s abgelehnt") % {"day": _day(row.declined_at)}
    if standing is SignatureStanding.REVOKED and row.revoked_at:
        return _("Einladung zurückgenommen am %(day)s") % {"day": _day(row.revoked_at)}
    if row.invited_at and standing in (SignatureStanding.INVITED, SignatureStanding.EXPIRED):
        return _invitation_sentence(row, standing, row.invited_at)
    if row.voided_at:
        return _("Die Unterschrift galt dem Antrag vor der Änderung; sie ist neu nötig")
    return _("noch keine Unterschrift")


def _invitation_sentence(row: CoSignature, standing: SignatureStanding, invited_at: datetime) -> str:
    days = {"day": _day(invited_at), "until": _time(invited_at + INVITATION_LIVES)}
    if standing is SignatureStanding.EXPIRED:
        return _("eingeladen am %(day)s, der Link ist seit dem %(until)s abgelaufen") % days
    if row.voided_at:
        return _("nach der Änderung neu eingeladen am %(day)s, der Link gilt bis zum %(until)s") % days
    if row.reminded_at:
        reminded = _("eingeladen am %(day)s, erinnert am %(reminded)s, der Link gilt bis zum %(until)s")
        return reminded % {**days, "reminded": _day(row.reminded_at)}
    return _("eingeladen am %(day)s, der Link gilt bis zum %(until)s") % days


def _day(moment: date | datetime) -> str:
    return date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, "j. F Y")


def _time(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j. F Y, H:i")
