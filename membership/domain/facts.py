"""What has come of applications, asked of the database for any number of them with the same four queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from dues.enums import PaymentWay
from membership.definition import NO
from membership.enums import CompletenessCode, Representation, SignatureChannel
from membership.models import Application, CheckedLine, CompletionRequest, CoSignature, ReceiptRecord
from portal.association.enums import ApplicantKind
from portal.association.models import AssociationSettings


@dataclass(frozen=True)
class Facts:
    """Everything the completeness of an application depends on: two of the same facts have the same list.

    ``has_original`` is about a form the association accepts, in the paper's current edition; ``signed`` counts rows,
    ``people`` each person once.
    """

    kind: ApplicantKind
    is_joint: bool
    is_minor: bool
    by_debit: bool
    has_original: bool
    has_confirmed: bool
    signed: int
    people: int
    checked: frozenset[CompletenessCode]
    was_asked: bool
    is_asked: bool


def facts_of(applications: Collection[Application], association: AssociationSettings) -> list[Facts]:
    """Return the facts of each application, in the same order."""
    keys = [application.pk for application in applications]
    editions = _editions(keys, association)
    rows = _signed_rows(keys)
    checked: dict[int, set[CompletenessCode]] = defaultdict(set)
    for key, code in CheckedLine.objects.filter(application__in=keys).values_list("application_id", "code"):
        checked[key].add(CompletenessCode(code))
    open_requests: dict[int, bool] = {}
    asked = CompletionRequest.objects.filter(application__in=keys).values_list("application_id", "answered_at")
    for key, answered_at in asked:
        open_requests[key] = open_requests.get(key, False) or answered_at is None
    return [
        Facts(
            kind=ApplicantKind(each.kind),
            is_joint=each.answers.get("representation") == Representation.JOINT,
            is_minor=each.answers.get("of_full_age") == NO,
            by_debit=each.payment_way == PaymentWay.DIRECT_DEBIT,
            has_original=each.edition in editions[each.pk],
            has_confirmed=any(channel == SignatureChannel.DIGITAL for _name, channel in rows[each.pk]),
            signed=len(rows[each.pk]),
            people=len({name for name, _channel in rows[each.pk]}),
            checked=frozenset(checked[each.pk]),
            was_asked=each.pk in open_requests,
            is_asked=open_requests.get(each.pk, False),
        )
        for each in applications
    ]


def _editions(keys: list[int], association: AssociationSettings) -> dict[int, set[int]]:
    """Return of which editions something came in a form the association accepts."""
    found: dict[int, set[int]] = defaultdict(set)
    receipts = ReceiptRecord.objects.filter(application__in=keys, form__in=association.accepted_forms)
    for key, edition in receipts.values_list("application_id", "edition"):
        found[key].add(edition)
    return found


def _signed_rows(keys: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Return folded name and way of every signature that is there."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    signed = CoSignature.objects.filter(application__in=keys).present()
    for key, name, channel in signed.values_list("application_id", "folded_name", "channel"):
        found[key].append((name, channel))
    return found
