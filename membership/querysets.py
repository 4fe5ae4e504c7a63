"""Questions that are asked about many applications at once."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from dues.enums import PaymentWay
from membership.definition import NO
from membership.enums import (
    DECIDED_STATES,
    OPEN_STATES,
    REVERSIBLE,
    STAFF_STATES,
    ApplicationState,
    CompletenessCode,
)
from portal.association.enums import AcceptedForm, ApplicantKind
from portal.association.models import AssociationSettings


class ApplicationQuerySet(models.QuerySet):
    """Applications, asked for in the words of the domain."""

    def unconfirmed(self) -> "ApplicationQuerySet":
        """Return those whose mail address is not confirmed yet."""
        return self.filter(state=ApplicationState.UNCONFIRMED)

    def for_staff(self) -> "ApplicationQuerySet":
        """Return what office and board may see: nothing that was never confirmed or entered from paper."""
        return self.filter(state__in=STAFF_STATES, clock_started_at__isnull=False)

    def open(self) -> "ApplicationQuerySet":
        """Return those that wait for papers or for the board."""
        return self.filter(state__in=OPEN_STATES)

    def decided(self) -> "ApplicationQuerySet":
        """Return those that the board has accepted or rejected."""
        return self.filter(state__in=DECIDED_STATES)

    def admitted(self) -> "ApplicationQuerySet":
        """Return those that led to a membership, once that cannot be taken back: what their dues rest on."""
        final = timezone.now() - REVERSIBLE
        return self.filter(state=ApplicationState.ACCEPTED, decision_recorded_at__lte=final)

    def awaiting_board(self) -> "ApplicationQuerySet":
        """Return those the board can decide on."""
        return self.filter(state=ApplicationState.READY)

    def awaiting_office(self) -> "ApplicationQuerySet":
        """Return open ones that the office works on."""
        return self.filter(state=ApplicationState.CONFIRMED)

    def awaiting_answer(self) -> "ApplicationQuerySet":
        """Return open ones whose applicant was asked for something."""
        return self.open().filter(clock_paused_at__isnull=False)

    def complete(self) -> "ApplicationQuerySet":
        """Return open ones of which everything has come that the board needs."""
        return self.open().filter(self._complete())

    def incomplete(self) -> "ApplicationQuerySet":
        """Return open ones of which something is missing."""
        return self.open().exclude(self._complete())

    def _complete(self) -> Q:
        """Return the condition that :func:`membership.domain.completeness.missing_for_acceptance` states for one."""
        from membership.models import CompletionRequest, CoSignature, ReceiptRecord

        accepted = AssociationSettings.load().accepted_forms
        is_group = Q(kind=ApplicantKind.UNINCORPORATED_GROUP)
        receipts = ReceiptRecord.objects.filter(
            application=OuterRef("pk"), edition=OuterRef("edition"), form__in=accepted
        )
        enough = CoSignature.objects.five_of("pk")
        asked = CompletionRequest.objects.open().filter(application=OuterRef("pk"))
        declared = Q(Exists(receipts))
        if AcceptedForm.DIGITAL in accepted:
            confirmed = CoSignature.objects.confirmed().filter(application=OuterRef("pk"))
            declared |= Q(Exists(confirmed), is_group)
        return declared & (~is_group | Q(Exists(enough))) & self._checked() & ~Q(Exists(asked))

    def _checked(self) -> Q:
        """Return the condition that the office has ticked every line which it checks by hand."""
        from membership.models import CheckedLine

        ticked = CheckedLine.objects.filter(application=OuterRef("pk"))
        who_needs = {
            CompletenessCode.SIGNATORIES: Q(kind=ApplicantKind.LEGAL_PERSON),
            CompletenessCode.REPRESENTATIVES: self._minor(),
            CompletenessCode.MANDATE: Q(payment_way=PaymentWay.DIRECT_DEBIT),
        }
        condition = Q()
        for code, needs in who_needs.items():
            condition &= ~needs | Q(Exists(ticked.filter(code=code)))
        return condition

    @staticmethod
    def _minor() -> Q:
        """Return the condition for somebody whose legal representatives have to sign.

        Where an answer is absent the comparison is unknown, and its negation too: the key is asked for first.
        """
        return Q(answers__has_key="of_full_age", answers__of_full_age=NO)
