"""„Angaben berichtigen“: the office corrects an application at the applicant's request, in the same form."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership import permissions
from membership.answers import mandate_of
from membership.domain import CheckedApplication, confirmations_at_risk, correct_application, refuse_while_voting
from membership.domain.correction import changed_fields, needs_new_paper, stand_of, voids_signatures
from membership.domain.errors import ApplicationError, CorrectedMeanwhile, NotOpen
from membership.enums import Channel
from membership.forms.application import NOT_CORRECTED, ApplicationForm
from membership.forms.prefill import typed_from
from membership.forms.rows import ADD_ROW
from membership.intake import checked_from
from membership.models import Application
from membership.offer import Offer, offer_bound_to
from membership.staff.base import StaffView
from portal.association.enums import MembershipType
from portal.privacy.masking import mask_iban

TYPE, STAND_FIELD, CONFIRM_FIELD = "membership_type", "stand", "unterschriften_verfallen"
BANK_DATA = ("account_holder", "iban")
"""What the office does not see: left empty, it stays as it is."""


class CorrectionView(StaffView):
    """Show the application as it would have been typed; POST puts what is typed now in its place.

    Bank data is never shown. What voids signatures, or the signed paper, is saved only after a second, explicit yes.
    """

    action = permissions.RECORD
    page_title = gettext_lazy("Angaben berichtigen")
    template_name = "membership/admin/application_correction.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if refusal := refusal_of(self.application):
            return self.refuse(refusal)
        offer = self.offer()
        if offer is None:
            return self.refuse(_("In der Beitragsordnung des Antrags gibt es für diese Mitgliedschaft keinen Beitrag."))
        typed = {name: value for name, value in typed_from(self.application).items() if name not in BANK_DATA}
        return self.show(offer, ApplicationForm.unchecked(offer, typed, **self.options))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        offer = self.offer()
        if offer is None:
            return self.get(request)
        if refusal := refusal_of(self.application):
            return self.show(offer, ApplicationForm.unchecked(offer, request.POST, **self.options), problem=refusal)
        if ADD_ROW in request.POST:
            return self.show(offer, ApplicationForm.unchecked(offer, request.POST, **self.options))
        form = self.checked_form(offer)
        if not form.is_valid():
            return self.show(offer, form, problem=_("Bitte prüfen Sie die markierten Angaben."))
        if request.POST.get(STAND_FIELD) != stand_of(self.application):
            return self.show(offer, form, problem=str(CorrectedMeanwhile()))
        checked = checked_from(form)
        if voids_something(self.application, checked) and CONFIRM_FIELD not in request.POST:
            return self.show(offer, form, problem=voids_sentence(), must_confirm=True)
        if not changed_fields(self.application, checked):
            return self.back(_("Es hat sich nichts geändert."))
        try:
            correct_application(self.application, checked, corrected_by=self.user, stand=request.POST[STAND_FIELD])
        except ApplicationError as error:
            return self.show(offer, form, problem=error.for_staff)
        return self.back(_("Die Angaben sind berichtigt."))

    @property
    def options(self) -> dict[str, Any]:
        """How the form is made."""
        return {"channel": Channel(self.application.channel), "without": NOT_CORRECTED}

    def offer(self) -> Offer | None:
        """Return what the application was made with, for its membership or the one it is changed to."""
        return offer_bound_to(self.application, self.membership_type())

    def membership_type(self) -> MembershipType:
        """Return the membership asked for in the address, the application's own for anything else."""
        asked = self.request.GET.get(TYPE, "")
        return MembershipType(asked if asked in MembershipType.values else self.application.membership_type)

    def checked_form(self, offer: Offer) -> ApplicationForm:
        """Check what was typed together with the bank data that was left empty; the page shows what was typed."""
        form = ApplicationForm(offer, with_kept_bank_data(self.application, self.request.POST), **self.options)
        form.is_valid()
        form.data = self.request.POST
        return form

    def refuse(self, problem: str) -> HttpResponse:
        """Say why nothing can be corrected."""
        return self.render_to_response(self.get_context_data(problem=problem))

    def show(
        self, offer: Offer, form: ApplicationForm, *, problem: str = "", must_confirm: bool = False
    ) -> HttpResponse:
        """Show the form with what was typed."""
        mandate, own = mandate_of(self.application), offer.membership_type
        context = self.get_context_data(
            form=form,
            sections=list(form.sections()),
            add_row=ADD_ROW,
            membership_type=own,
            other_type=next(each for each in MembershipType if each != own),
            at_risk=confirmations_at_risk(self.application),
            masked_iban=mask_iban(str(mandate.iban)) if mandate else "",
            must_confirm=must_confirm,
            confirm_field=CONFIRM_FIELD,
            stand_field=STAND_FIELD,
            stand=self.request.POST.get(STAND_FIELD) or stand_of(self.application),
            problem=problem,
        )
        return self.render_to_response(context)


def refusal_of(application: Application) -> str:
    """Return why the application cannot be corrected now, empty if it can."""
    try:
        if not application.is_open:
            raise NotOpen
        refuse_while_voting(application)
    except ApplicationError as refusal:
        return refusal.for_staff
    return ""


def with_kept_bank_data(application: Application, posted: QueryDict) -> QueryDict:
    """Return what was posted, completed by the bank data stored where nothing was typed."""
    data, mandate = posted.copy(), mandate_of(application)
    if mandate:
        for name in BANK_DATA:
            if not data.get(name, "").strip():
                data[name] = str(getattr(mandate, name))
    return data


def voids_something(application: Application, checked: CheckedApplication) -> bool:
    """Whether somebody signed what the application would not say any more, on paper or digitally."""
    if not needs_new_paper(application, checked):
        return False
    if application.receipts.filter(edition=application.edition).exists():
        return True
    return voids_signatures(application, checked) and bool(confirmations_at_risk(application))


def voids_sentence() -> str:
    """Say what the change costs, before it is made."""
    return _(
        "Diese Änderung gibt dem Antrag ein neues Prüfzeichen. Was schon unterschrieben ist, gilt dann nicht mehr. "
        "Es ist noch nichts gespeichert; bestätigen Sie das bitte unten."
    )
