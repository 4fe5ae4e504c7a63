"""„Antrag erfassen“: what came by post, typed by the office into the same form."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from membership import permissions
from membership.domain import enter_application
from membership.domain.errors import ApplicationError
from membership.enums import Channel
from membership.forms.application import ApplicationForm
from membership.forms.rows import ADD_ROW
from membership.intake import checked_from
from membership.models import Application
from membership.offer import Offer, offer_for
from membership.staff.base import detail_url
from membership.staff.forms.entry import PaperChoiceForm, PaperForm
from membership.submission_key import UnusableKey, new_key, read_key
from portal.accounts.models import User
from portal.association.enums import ApplicantKind, MembershipType
from portal.privacy.uploading import protected_files_in_memory

KEY_FIELD = "formular"


@method_decorator([never_cache, protected_files_in_memory], name="dispatch")
class EntryView(WagtailAdminTemplateMixin, TemplateView):
    """Ask for kind, membership and versions, then show the form for them; POST stores what was typed."""

    template_name = "membership/admin/application_entry.html"
    page_title = gettext_lazy("Antrag erfassen")
    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.policy.user_has_permission(request.user, permissions.RECORD):
            return render(request, "403.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listing = {"url": reverse("membership_applications:index"), "label": _("Aufnahmeanträge")}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": str(self.page_title)}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        choice = PaperChoiceForm(request.GET or None)
        if not choice.is_valid():
            return self.render_to_response(self.get_context_data(choice=choice))
        offer = self.offer(choice)
        if offer is None:
            return self.without_offer(choice)
        return self.show(offer, ApplicationForm(offer, channel=Channel.PAPER), PaperForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        choice = PaperChoiceForm(request.GET)
        offer = self.offer(choice) if choice.is_valid() else None
        if offer is None:
            return self.without_offer(choice)
        paper = PaperForm(request.POST, request.FILES)
        if ADD_ROW in request.POST:
            form = ApplicationForm.unchecked(offer, request.POST, channel=Channel.PAPER)
            return self.show(
                offer, form, PaperForm.unchecked(request.POST, request.FILES), key=request.POST.get(KEY_FIELD, "")
            )
        form = ApplicationForm(offer, request.POST, channel=Channel.PAPER)
        # Both are checked, so that all mistakes are shown at once.
        if not all([form.is_valid(), paper.is_valid()]):
            return self.show(offer, form, paper, problem=_("Bitte prüfen Sie die markierten Angaben."))
        try:
            application = self.store(offer, form, paper)
        except (ApplicationError, UnusableKey) as error:
            problem = str(error) or _("Das Formular war zu lange offen. Bitte schicken Sie es noch einmal ab.")
            return self.show(offer, form, paper, problem=problem)
        messages.success(request, _("Der Antrag %(reference)s ist erfasst.") % {"reference": application.reference})
        return redirect(detail_url(application))

    def store(self, offer: Offer, form: ApplicationForm, paper: PaperForm) -> Application:
        """Store the application together with its scan."""
        person = cast("User", self.request.user)
        key = read_key(self.request.POST.get(KEY_FIELD, ""))
        return enter_application(
            checked_from(form),
            key=key.nonce,
            received_on=paper.cleaned_data["received_on"],
            is_signed=paper.cleaned_data["is_signed"],
            entered_by=person,
            scan=paper.cleaned_data["scan"] or None,
        )

    def offer(self, choice: PaperChoiceForm) -> Offer | None:
        """Return what was offered on the day whose versions the paper has."""
        chosen = choice.cleaned_data
        kind, membership_type = ApplicantKind(chosen["kind"]), MembershipType(chosen["membership_type"])
        return offer_for(kind, membership_type, on=chosen["valid_on"])

    def without_offer(self, choice: PaperChoiceForm) -> HttpResponse:
        """Say that on this day there was nothing to sign."""
        problem = _("Für diesen Tag fehlen Texte oder eine Beitragsordnung. Bitte wählen Sie einen anderen Tag.")
        return self.render_to_response(self.get_context_data(choice=choice, problem=problem))

    def show(
        self, offer: Offer, form: ApplicationForm, paper: PaperForm, *, key: str = "", problem: str = ""
    ) -> HttpResponse:
        """Show the form with what was typed; the scan has to be chosen again."""
        paper.ask_again()
        given = key or self.request.POST.get(KEY_FIELD, "")
        context = self.get_context_data(
            offer=offer,
            form=form,
            paper=paper,
            sections=list(form.sections()),
            versions=sorted(offer.texts.values(), key=lambda text: text.title),
            key_field=KEY_FIELD,
            key=given if is_usable(given) else new_key(offer),
            add_row=ADD_ROW,
            problem=problem,
        )
        return self.render_to_response(context)


def is_usable(key: str) -> bool:
    """Whether a form's key still can be read."""
    try:
        read_key(key)
    except UnusableKey:
        return False
    return True
