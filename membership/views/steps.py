"""The pages of the form: showing one, and taking what was typed on it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from membership import links
from membership.definition import Step
from membership.documents.mandate import mandate_paper
from membership.domain.drafts import TICKS
from membership.domain.errors import DraftTooLong
from membership.forms.application import ApplicationForm
from membership.forms.dues import CALCULATE
from membership.forms.rows import ADD_ROW
from membership.sections import REVIEW, STEPS, WHO
from membership.submission_key import UnusableKey, read_key
from membership.views import spam
from membership.views.filling import Filling, has_ticks, step_after
from membership.views.guard import form_is_genuine, send_again

KEY_FIELD = "formular"
GO_TO = "ziel"
"""Name of the buttons that save and lead to another page, whatever is still missing here."""
KEEP, KIND = "merken", "art"
PLACES = {*(step.name for step in STEPS), KEEP, KIND}


def show_step(
    request: HttpRequest,
    filling: Filling,
    step: Step,
    form: ApplicationForm,
    *,
    key: str = "",
    problem: str = "",
    notice: str = "",
) -> HttpResponse:
    """Render one page with ``form``; the ``key`` of a page that is shown again stays its own."""
    context = step_context(filling, step, form, key=key) | {"problem": problem, "notice": notice}
    return render(request, "membership/form_step.html", context)


def step_context(filling: Filling, step: Step, form: ApplicationForm, *, key: str = "") -> dict[str, Any]:
    """Return what all pages of the form show."""
    position = STEPS.index(step)
    return {
        "form": form,
        "offer": filling.offer,
        "draft": filling.draft,
        "is_correction": filling.is_correction,
        "step": step,
        "step_number": position + 1,
        "progress": _progress(filling, form, step),
        "previous": STEPS[position - 1] if position else None,
        "following": step_after(step) if step is not REVIEW else None,
        "sections": list(form.sections(step)),
        "mandate_rows": _mandate_rows(),
        "outdated": changed_sentence() if filling.is_outdated else "",
        "key_field": KEY_FIELD,
        "key": key or filling.new_key(),
        "trap": spam.TRAP,
        "go_to": GO_TO,
        "add_row": ADD_ROW,
        "calculate": CALCULATE,
    }


def take_step(request: HttpRequest, filling: Filling, step: Step) -> HttpResponse:
    """Take what was typed on one page and lead on; raises DraftOver when the draft has ended meanwhile."""
    data, key = filling.typed(request, step), request.POST.get(KEY_FIELD, "")
    if problem := _refusal(request, filling, key):
        return show_step(request, filling, step, filling.unchecked(data), key=key, problem=problem)
    if has_ticks(filling, step) and not read_key(key, lives=None).matches(filling.offer):
        unticked = {name: value for name, value in data.items() if name not in TICKS}
        return show_step(request, filling, step, filling.unchecked(unticked), problem=changed_sentence())
    try:
        return _lead_on(request, filling, step, data, key)
    except DraftTooLong as refusal:
        return show_step(request, filling, step, filling.unchecked(data), key=key, problem=str(refusal))


def _lead_on(request: HttpRequest, filling: Filling, step: Step, data: Mapping[str, str], key: str) -> HttpResponse:
    if ADD_ROW in request.POST:
        data = filling.with_row(request, data)
    place = request.POST.get(GO_TO, "")
    form = ApplicationForm.for_step(filling.offer, data, step, **filling.options)
    leads_on = place in PLACES or not form.errors
    if filling.draft or (leads_on and not {ADD_ROW, CALCULATE} & set(request.POST)):
        is_new = filling.draft is None
        draft = filling.saved(data, step)
        if is_new:
            spam.note(spam.DRAFTS, spam.client_address(request))
    if ADD_ROW in request.POST:
        return show_step(request, filling, step, filling.unchecked(data), key=key)
    if CALCULATE in request.POST:
        dues = ApplicationForm.for_dues(filling.offer, data, **filling.options)
        return show_step(request, filling, step, dues, key=key)
    if not leads_on:
        return show_step(request, filling, step, form, key=key)
    return HttpResponseRedirect(links.draft_path(draft, place if place in PLACES else step_after(step).name))


def _refusal(request: HttpRequest, filling: Filling, key: str) -> str:
    """Return why nothing is stored, as a sentence; what was typed is shown again."""
    if not form_is_genuine(request):
        return send_again()
    try:
        read_key(key, lives=None)
    except UnusableKey:
        return incomplete_sentence()
    if filling.draft:
        return spam.machine_problem(request, "")
    return spam.machine_problem(request, key) or spam.limit_problem(spam.DRAFTS, spam.client_address(request))


def incomplete_sentence() -> str:
    """Return the sentence for a form whose key is missing or altered."""
    return _(
        "Das Formular kam nicht vollständig bei uns an. Bitte prüfen Sie Ihre Angaben und schicken Sie es noch "
        "einmal ab."
    )


def changed_sentence() -> str:
    """Return the sentence for a form that was shown with texts or a dues order of another version."""
    return _(
        "Während Sie das Formular ausgefüllt haben, ist eine neue Fassung der Texte oder der Beitragsordnung in Kraft "
        "getreten. Bitte lesen Sie sie, prüfen Sie Ihre Angaben und bestätigen Sie noch einmal, was Sie angekreuzt "
        "hatten."
    )


def _progress(filling: Filling, form: ApplicationForm, current: Step) -> list[dict[str, Any]]:
    """Return the steps with where one is; what was visited already can be gone to."""
    position = STEPS.index(current)
    steps = []
    for number, step in enumerate(STEPS):
        before = STEPS[number - 1] if step is REVIEW else step
        visited = step is WHO or any(name in filling.data for name in form.inputs_of(before))
        is_open = filling.draft is not None and visited and step is not current
        steps.append({"step": step, "is_current": step is current, "is_done": number < position, "is_open": is_open})
    return steps


def _mandate_rows() -> list[tuple[str, str]]:
    """Return what the mandate states beside its text: label and value."""
    paper = mandate_paper(text=None)
    return [
        (_("Zahlungsempfänger"), ", ".join(part for part in (paper.creditor, paper.creditor_address) if part)),
        (_("Gläubiger-Identifikationsnummer"), paper.creditor_identifier),
        (_("Mandatsreferenz"), paper.reference),
        (_("Art der Zahlung"), _("wiederkehrend")),
        (_("Unterschrift"), _("auf dem ausgedruckten Antrag, mit Ort und Datum")),
    ]
