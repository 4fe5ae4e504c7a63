"""The blank form comes back filled in: its fields become a draft to check and submit."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dues.models import DuesOrder
from membership import links
from membership.domain import create_draft
from membership.domain.errors import ApplicationError
from membership.filled_form import FilledForm, NotOurForm, read_filled_form
from membership.offer import offer_for
from membership.uploads import MOST_BYTES, too_large
from membership.views import spam
from membership.views.guard import choose_again, form_is_genuine, private_page
from portal.privacy.uploading import files_in_memory


class FilledFormForm(forms.Form):
    """The PDF that was filled in on screen."""

    use_required_attribute = False

    formular = forms.FileField(
        label=gettext_lazy("Ausgefüllter Aufnahmeantrag (PDF)"),
        help_text=gettext_lazy("Unser Formular, am Bildschirm ausgefüllt und gespeichert, höchstens 10 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": gettext_lazy("Bitte wählen Sie das ausgefüllte Formular aus.")},
    )


@private_page
@files_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
def filled_pdf(request: HttpRequest) -> HttpResponse:
    """Ask for the file; POST reads it and leads to the draft it became. The file itself is kept nowhere."""
    order = DuesOrder.objects.in_force()
    if order is None:
        return render(request, "membership/being_revised.html")
    if request.method != "POST":
        return _ask(request, FilledFormForm())
    form, address = FilledFormForm(request.POST, request.FILES), spam.client_address(request)
    if not form_is_genuine(request):
        return _ask(request, FilledFormForm(), problem=choose_again())
    if problem := spam.limit_problem(spam.DRAFTS, address, is_file=True):
        return _ask(request, FilledFormForm(), problem=problem)
    spam.note(spam.DRAFTS, address)
    if not form.is_valid():
        return _ask(request, form)
    try:
        return _take(request, form, order)
    except (NotOurForm, ApplicationError) as refusal:
        form.add_error("formular", str(refusal))
        return _ask(request, form)


def _take(request: HttpRequest, form: FilledFormForm, order: DuesOrder) -> HttpResponse:
    file = form.cleaned_data["formular"]
    if file.size > MOST_BYTES:
        raise NotOurForm(too_large())
    filled = read_filled_form(file, order)
    if offer_for(filled.kind, filled.membership_type) is None:
        return render(request, "membership/being_revised.html")
    draft = create_draft(kind=filled.kind, membership_type=filled.membership_type, data=filled.data)
    context = {"filled": filled, "draft_path": links.draft_path(draft), "remarks": _remarks(filled)}
    return render(request, "membership/filled_pdf_read.html", context)


def _remarks(filled: FilledForm) -> list[str]:
    """Return what has to be looked at again, as sentences."""
    remarks = []
    if not filled.is_current:
        remarks.append(
            _(
                "Ihr Formular ist eine frühere Fassung. Satzung, Beitragsordnung oder Erklärungen können sich geändert "
                "haben: Was Sie angekreuzt hatten, bestätigen Sie bitte neu."
            )
        )
    if filled.left_out:
        named = ", ".join(f"„{label}“" for label in filled.left_out)
        remarks.append(
            _("Diese Antworten gibt es so nicht mehr; bitte wählen Sie neu: %(fields)s.") % {"fields": named}
        )
    return remarks


def _ask(request: HttpRequest, form: FilledFormForm, *, problem: str = "") -> HttpResponse:
    return render(request, "membership/filled_pdf.html", {"form": form, "problem": problem})
