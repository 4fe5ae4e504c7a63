"""The signed application comes back as scan or photo, from the status page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from membership import links
from membership.domain import add_attachment
from membership.domain.errors import ApplicationError
from membership.forms.files import ScanForm
from membership.views.guard import choose_again, form_is_genuine, private_page
from membership.views.status import confirmed_application, show_status
from portal.privacy.uploading import files_in_memory

ANCHOR = "hochladen"


@private_page
@files_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """Take the files; whatever is wrong with them is said on the status page. Opened without files it leads there."""
    application = confirmed_application(token)
    page = f"{links.path(application, links.STATUS)}#{ANCHOR}"
    if request.method != "POST":
        return HttpResponseRedirect(page)
    if not form_is_genuine(request):
        return show_status(request, application, scan_problem=choose_again())
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_status(request, application, scan_form=form)
    try:
        add_attachment(application, form.cleaned_data["scan"])
    except ApplicationError as refusal:
        return show_status(request, application, scan_problem=str(refusal))
    return HttpResponseRedirect(page)
