"""What a rate costs: pure functions, exact fractions, rounded once at the end.

``Decimal`` goes in and comes out; in between everything is a Fraction, so that 100.00 × 236/365 loses nothing
before the one rounding (half up, to whole cents), which is a step of its own. The admission fee is counted apart.
"""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dues.enums import AmountType, DueRule
from dues.first_year import Share, first_year_share
from dues.money import format_amount, format_exact, format_number
from dues.terms import Due, DuesCalculation, Explained, OrderTerms, RateTerms, Step


def calculate(
    rate: RateTerms,
    order: OrderTerms,
    *,
    admitted_on: dt.date,
    base: Decimal | None = None,
    own_amount: Decimal | None = None,
) -> DuesCalculation:
    """Return everything a member admitted on that day owes under the rate, explained step by step.

    ``base`` is needed for a percentage, ``own_amount`` is the free higher amount above a minimum; both are ignored
    where the amount type does not know them. Raises ValidationError (codes ``base_missing``, ``base_negative``,
    ``below_minimum``) with a German message.
    """
    yearly = _yearly_steps(rate, base=base, own_amount=own_amount)
    share = first_year_share(order.first_year_rule, admitted_on)
    full_year = _rounded(yearly)
    first_year = _rounded([*yearly, _share_step(share, yearly[-1].total, order.first_year_paragraph)])
    first_owed_year = admitted_on.year if share.parts else admitted_on.year + 1
    return DuesCalculation(
        admitted_on=admitted_on,
        full_year=full_year,
        first_year=first_year,
        due=due_day(order, admitted_on, first_owed_year) if full_year.amount else None,
        admission_fee=order.admission_fee,
        admission_fee_paragraph=order.admission_fee_paragraph,
        admission_fee_due=due_day(order, admitted_on, admitted_on.year) if order.admission_fee else None,
    )


def due_day(order: OrderTerms, admitted_on: dt.date, year: int) -> Due:
    """Return when the dues of ``year`` have to be paid; nothing is due before the day of admission."""
    fixed = dt.date(year, order.due_month, order.due_day)
    if order.due_rule == DueRule.DAYS_AFTER_ADMISSION:
        later = admitted_on + dt.timedelta(days=order.due_days_after_admission)
        text = _("%(days)s Tage nach der Aufnahme, aber nicht vor dem %(fixed)s") % {
            "days": order.due_days_after_admission,
            "fixed": _in_words(fixed),
        }
        return Due(max(fixed, later), text, order.due_paragraph)
    if admitted_on > fixed:
        text = _("Mit der Aufnahme, weil der feste Tag (%(fixed)s) schon vorbei ist") % {"fixed": _in_words(fixed)}
        return Due(admitted_on, text, order.due_paragraph)
    return Due(fixed, _("Fester Tag im Jahr"), order.due_paragraph)


def round_half_up(value: Fraction) -> Decimal:
    """Return ``value``, which is not negative, in whole cents; half a cent goes up."""
    cents = (value * 200 + 1) // 2
    return Decimal(cents).scaleb(-2)


def _yearly_steps(rate: RateTerms, *, base: Decimal | None, own_amount: Decimal | None) -> list[Step]:
    if rate.amount_type == AmountType.HONORARY:
        return [Step(_("Beitragsfrei"), Fraction(0), Fraction(0), rate.paragraph)]
    if rate.amount_type == AmountType.PERCENT:
        return _percent_steps(rate, base)
    amount = Fraction(rate.amount or 0)
    if rate.amount_type == AmountType.MINIMUM:
        return _minimum_steps(rate, amount, own_amount)
    return [Step(_("Fester Jahresbeitrag"), amount, amount, rate.paragraph)]


def _minimum_steps(rate: RateTerms, minimum: Fraction, own_amount: Decimal | None) -> list[Step]:
    steps = [Step(_("Mindestbeitrag im Jahr"), minimum, minimum, rate.paragraph)]
    if own_amount is None:
        return steps
    own = Fraction(own_amount)
    if own < minimum:
        raise ValidationError(
            _("Der Betrag liegt unter dem Mindestbeitrag. Bitte geben Sie mindestens %(minimum)s ein."),
            code="below_minimum",
            params={"minimum": format_amount(rate.amount or Decimal(0))},
        )
    if own > minimum:
        steps.append(Step(_("Ihr eigener, höherer Betrag"), own - minimum, own, rate.paragraph))
    return steps


def _percent_steps(rate: RateTerms, base: Decimal | None) -> list[Step]:
    if base is None:
        raise ValidationError(
            _("Für diese Beitragsgruppe braucht die Berechnung die Bemessungsgrundlage: %(base)s."),
            code="base_missing",
            params={"base": rate.base_label},
        )
    if base < 0:
        raise ValidationError(_("Die Bemessungsgrundlage darf nicht negativ sein."), code="base_negative")
    percent = rate.percent or Decimal(0)
    total = Fraction(base) * Fraction(percent) / 100
    figures = {"percent": format_number(percent) + " %", "amount": format_amount(base), "base": rate.base_label}
    steps = [Step(_("%(percent)s von %(amount)s (%(base)s)") % figures, total, total, rate.paragraph)]
    if rate.floor is not None and total < rate.floor:
        steps.append(_limit_step(_("Angehoben auf die Untergrenze"), rate.floor, total, rate.paragraph))
    elif rate.cap is not None and total > rate.cap:
        steps.append(_limit_step(_("Begrenzt auf die Obergrenze"), rate.cap, total, rate.paragraph))
    return steps


def _share_step(share: Share, full: Fraction, paragraph: str) -> Step:
    total = full * share.fraction
    text = share.reason
    if share.is_proportional and full:
        text = f"{text}: {format_exact(full)} × {share.parts}/{share.of}"
    return Step(text, total - full, total, paragraph)


def _limit_step(text: str, limit: Decimal, total: Fraction, paragraph: str) -> Step:
    return Step(text, Fraction(limit) - total, Fraction(limit), paragraph)


def _rounded(steps: list[Step]) -> Explained:
    """Round the last total; a step of its own says so where rounding changes anything."""
    exact = steps[-1].total
    amount = round_half_up(exact)
    if Fraction(amount) == exact:
        return Explained(amount, tuple(steps))
    rounding = Step(
        _("Auf ganze Cent gerundet, ab einem halben Cent aufwärts"), Fraction(amount) - exact, Fraction(amount)
    )
    return Explained(amount, (*steps, rounding))


def _in_words(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
