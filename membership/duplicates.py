"""Whether somebody has applied before: a hint for the office, never told to the applicant."""

from django.db.models import Q, QuerySet

from membership.enums import STAFF_STATES
from membership.models import Application


def possible_duplicates(application: Application) -> QuerySet[Application]:
    """Return other applications with the same name (case, umlauts, spaces and title apart) or the same mail address.

    Members are found by the application they were admitted with. What nobody has confirmed is not among them: the
    office does not see that.
    """
    same = Q(folded_name=application.folded_name) if application.folded_name else Q(pk__in=[])
    if application.email:
        same |= Q(email__iexact=application.email)
    return Application.objects.filter(same, state__in=STAFF_STATES).exclude(pk=application.pk)
