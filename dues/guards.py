"""What is wrong with a draft before it is published, in German, with the line it concerns.

Errors prevent publishing, warnings are shown and may be right.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from dues import bindings
from dues.enums import AmountType
from dues.models import DuesOrder, DuesRate
from dues.money import format_amount
from portal.association.enums import ApplicantKind, MembershipType

TOO_MUCH = Decimal(1_000_000)
ALL_PERCENT = Decimal(100)


@dataclass(frozen=True)
class Finding:
    """Something to know before publishing; ``line`` names the rate it concerns, empty for the order itself."""

    message: str
    line: str = ""
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.line}: {self.message}" if self.line else self.message


def findings(order: DuesOrder) -> list[Finding]:
    """Return everything about the draft that prevents publishing or deserves a second look, errors first."""
    rates = list(order.rates.all())
    found = [
        *_same_day(order),
        *_begins_in_the_past(order),
        *_texts(order),
        *_combinations(rates),
        *(finding for number, rate in enumerate(rates, 1) for finding in _rate(rate, _line(number, rate))),
        *_amount("", order.admission_fee),
    ]
    return sorted(found, key=lambda finding: not finding.is_error)


def errors(order: DuesOrder) -> list[Finding]:
    """Return only what prevents publishing."""
    return [finding for finding in findings(order) if finding.is_error]


def _same_day(order: DuesOrder) -> Iterator[Finding]:
    other = DuesOrder.objects.published().exclude(pk=order.pk).filter(valid_from=order.valid_from).first()
    if other:
        yield Finding(
            _("Am %(day)s tritt schon Fassung %(version)s in Kraft. Bitte wählen Sie einen anderen Tag.")
            % {"day": _day(order.valid_from), "version": other.version}
        )


def _begins_in_the_past(order: DuesOrder) -> Iterator[Finding]:
    if order.valid_from >= timezone.localdate():
        return
    bound = bindings.bound_since(order.valid_from)
    if bound:
        yield Finding(
            _(
                "Die Ordnung beginnt am %(day)s, also in der Vergangenheit. An die Zeit seither sind schon Anträge "
                "oder Forderungen gebunden (%(count)s). Bitte wählen Sie einen Tag ab heute."
            )
            % {"day": _day(order.valid_from), "count": bound}
        )
        return
    yield Finding(
        _("Die Ordnung beginnt am %(day)s, also in der Vergangenheit. Sie gilt dann sofort.")
        % {"day": _day(order.valid_from)},
        is_error=False,
    )


def _texts(order: DuesOrder) -> Iterator[Finding]:
    if not order.payment_ways:
        yield Finding(_("Es ist kein Zahlungsweg angekreuzt."))
    if not (order.resolution_date and order.resolution_body):
        yield Finding(_("Tag oder Gremium des Beschlusses fehlen."), is_error=False)
    if order.resolution_date and order.resolution_date > timezone.localdate():
        yield Finding(_("Der Tag des Beschlusses liegt in der Zukunft."), is_error=False)
    if not order.paragraphs:
        yield Finding(_("Die Ordnung hat noch keine Paragrafen."), is_error=False)
    try:
        order.clean()
    except ValidationError as refusal:
        yield from (Finding(message) for message in refusal.messages)


def _combinations(rates: list[DuesRate]) -> Iterator[Finding]:
    """Everybody who can apply finds a rate, and nobody finds two of the same name."""
    for kind, membership_type in product(ApplicantKind, MembershipType):
        who = f"{kind.label} / {membership_type.label}"
        fitting = [(number, rate) for number, rate in enumerate(rates, 1) if rate.fits(kind, membership_type)]
        if not fitting:
            yield Finding(_("Für „%(who)s“ gibt es keinen Beitragssatz.") % {"who": who})
        elif not any(_is_ordinary(rate) for _number, rate in fitting):
            yield Finding(
                _("Für „%(who)s“ gibt es nur ermäßigte, beitragsfreie oder vom Vorstand zu beschließende Beiträge.")
                % {"who": who},
                is_error=False,
            )
        yield from _overlaps(fitting, who)


def _overlaps(fitting: list[tuple[int, DuesRate]], who: str) -> Iterator[Finding]:
    for (first_number, first), (second_number, second) in combinations(fitting, 2):
        if first.category.casefold().strip() == second.category.casefold().strip():
            yield Finding(
                _("Für „%(who)s“ gibt es diese Beitragsgruppe zweimal (auch in Zeile %(other)s).")
                % {"who": who, "other": first_number},
                line=_line(second_number, second),
            )
        elif _is_ordinary(first) and _is_ordinary(second):
            yield Finding(
                _("Für „%(who)s“ überschneidet sich diese Beitragsgruppe mit „%(other)s“; beide stehen zur Wahl.")
                % {"who": who, "other": first.category},
                line=_line(second_number, second),
                is_error=False,
            )


def _rate(rate: DuesRate, line: str) -> Iterator[Finding]:
    try:
        rate.clean()
    except ValidationError as refusal:
        for name, messages in refusal.message_dict.items():
            label = DuesRate._meta.get_field(name).verbose_name
            yield from (Finding(f"{label} – {message}", line) for message in messages)
    for amount in (rate.amount, rate.floor, rate.cap, rate.admission_fee):
        yield from _amount(line, amount)
    if rate.percent is not None and rate.percent > ALL_PERCENT:
        yield Finding(_("Der Prozentsatz liegt über 100."), line)
    if rate.is_reduced and not rate.proof:
        yield Finding(_("Beim ermäßigten Beitrag steht nicht, welcher Nachweis gezeigt wird."), line, is_error=False)
    if rate.amount_type == AmountType.FIXED and rate.amount == 0:
        yield Finding(_("Der Betrag ist 0. Gemeint ist vielleicht „beitragsfrei“."), line, is_error=False)


def _amount(line: str, amount: Decimal | None) -> Iterator[Finding]:
    if amount is not None and amount >= TOO_MUCH:
        yield Finding(
            _("%(amount)s ist eine Million oder mehr. Bitte prüfen Sie den Betrag.")
            % {"amount": format_amount(amount)},
            line,
        )


def _is_ordinary(rate: DuesRate) -> bool:
    return not (rate.is_reduced or rate.needs_board_decision or rate.amount_type == AmountType.HONORARY)


def _line(number: int, rate: DuesRate) -> str:
    return _("Zeile %(number)s „%(category)s“") % {"number": number, "category": rate.category}


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
