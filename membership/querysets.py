"""Questions that are asked about many applications at once."""

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, When

from membership.enums import DECIDED_STATES, OPEN_STATES, STAFF_STATES, ApplicationState
from membership.fields import SIGNATURES_NEEDED
from portal.association.enums import ApplicantKind
from portal.association.models import AssociationSettings


class ApplicationQuerySet(models.QuerySet):
    """Applications, asked for in the words of the domain."""

    def unconfirmed(self) -> "ApplicationQuerySet":
        """Return those whose mail address is not confirmed yet."""
        return self.filter(state=ApplicationState.UNCONFIRMED)

    def for_staff(self) -> "ApplicationQuerySet":
        """Return what office and board may see: nothing that is not confirmed."""
        return self.filter(state__in=STAFF_STATES)

    def open(self) -> "ApplicationQuerySet":
        """Return those that wait for papers or for the board."""
        return self.filter(state__in=OPEN_STATES)

    def decided(self) -> "ApplicationQuerySet":
        """Return those that the board has accepted or rejected."""
        return self.filter(state__in=DECIDED_STATES)

    def awaiting_board(self) -> "ApplicationQuerySet":
        """Return open ones of which everything has come that an acceptance needs."""
        return self.open().filter(self._complete())

    def awaiting_office(self) -> "ApplicationQuerySet":
        """Return open ones of which a receipt or a signature is still missing."""
        return self.open().exclude(self._complete())

    def with_completeness(self) -> "ApplicationQuerySet":
        """Add ``is_complete``: whether everything has come that an acceptance needs."""
        return self.annotate(is_complete=Case(When(self._complete(), then=True), default=False))

    def _complete(self) -> Q:
        """Return the condition that :func:`membership.domain.completeness.missing_for_acceptance` states for one."""
        from membership.models import CoSignature, ReceiptRecord

        accepted = AssociationSettings.load().accepted_forms
        receipts = ReceiptRecord.objects.filter(application=OuterRef("pk"), form__in=accepted)
        enough = (
            CoSignature.objects.filter(application=OuterRef("pk"), present=True)
            .order_by()
            .values("application")
            .annotate(people=Count("folded_name", distinct=True))
            .filter(people__gte=SIGNATURES_NEEDED)
        )
        return Exists(receipts) & (~Q(kind=ApplicantKind.UNINCORPORATED_GROUP) | Exists(enough))
