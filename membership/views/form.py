"""The beginning of the application: choose, then the first page. Nothing is stored before it is sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from membership.forms.application import ApplicationForm
from membership.forms.choice import ChoiceForm
from membership.offer import offer_for
from membership.sections import WHO
from membership.views.filling import Filling
from membership.views.guard import private_page
from membership.views.steps import show_step, take_step


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def application_form(request: HttpRequest) -> HttpResponse:
    """Ask for kind and membership type, then show the first page for them; POST begins a draft."""
    choice = ChoiceForm(request.GET or None)
    if not choice.is_valid():
        return render(request, "membership/choose.html", {"form": choice})
    offer = offer_for(choice.kind, choice.membership_type)
    if offer is None:
        return render(request, "membership/being_revised.html")
    filling = Filling(offer)
    if request.method == "POST":
        return take_step(request, filling, WHO)
    return show_step(request, filling, WHO, ApplicationForm(offer))
