"""Files of an application: looked at as pictures, fetched as they came, added. Each look is in the log."""

import base64
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership import permissions
from membership.domain import add_attachment, open_attachment
from membership.enums import AttachmentSource
from membership.models import Attachment
from membership.staff.base import StaffView, StepView
from membership.staff.forms.files import AddFileForm
from membership.staff.panels import ApplicationPanel
from portal.pdf.errors import UnreadablePdf
from portal.privacy.store import FileChanged, FileGone, internal_address
from portal.privacy.uploading import protected_files_in_memory

# A file from outside gets no script, no form, no origin of its own, should a browser ever show it.
SANDBOX = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
}


class FilesPanel(ApplicationPanel):
    """What was uploaded, by whom and when; an applicant's scan that no receipt was recorded for yet is pointed out."""

    name = "files"

    def context(self) -> dict[str, Any]:
        files = list(self.application.attachments.select_related("uploaded_by"))
        recorded = max((receipt.recorded_at for receipt in self.application.receipts.all()), default=None)
        new = [file for file in files if file.is_current and (recorded is None or file.uploaded_at > recorded)]
        unseen = [file for file in new if file.source == AttachmentSource.APPLICANT]
        return {
            "files": files,
            "scan_came": bool(unseen) and self.application.is_open,
            "may_add": self.application.is_open and self.may(permissions.RECORD),
        }


class OneFileView(StaffView):
    """A view of one file of the application; 404 for a file of another one."""

    def get_attachment(self) -> Attachment:
        """Return the file the address names."""
        return get_object_or_404(
            Attachment.objects.select_related("application"), pk=self.kwargs["file"], application=self.application
        )

    def open(self, attachment: Attachment, *, original: bool) -> bytes:
        """Return its content and note that it was looked at; 404 when it is gone or not what was stored."""
        try:
            return open_attachment(attachment, opened_by=self.user, original=original)
        except (FileGone, FileChanged):
            raise Http404 from None


class FileView(OneFileView):
    """All pages of a file as pictures: nothing of the file itself reaches the browser."""

    template_name = "membership/admin/file.html"
    page_title = gettext_lazy("Datei ansehen")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from portal.pdf.pictures import page_pictures

        attachment = self.get_attachment()
        content = self.open(attachment, original=False)
        try:
            pictures = page_pictures(content)
        except UnreadablePdf:
            pictures = []
        return super().get_context_data(**kwargs) | {
            "file": attachment,
            "pictures": [f"data:image/jpeg;base64,{base64.b64encode(each).decode()}" for each in pictures],
        }


class OriginalFileView(OneFileView):
    """The file as it is stored, to be saved and not to be shown; what it is was checked and the look noted."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        attachment = self.get_attachment()
        content = self.open(attachment, original=True)
        name = f"Antrag-{self.application.reference}-{attachment.pk}.pdf"
        response = HttpResponse(content_type="application/pdf", headers=SANDBOX)
        if address := internal_address(attachment.file_name):
            response.headers["X-Accel-Redirect"] = address
        else:
            response.content = content
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        # The sandbox above, not the admin's own policy.
        response._csp_exempt = True  # type: ignore[attr-defined]
        return response


@method_decorator(protected_files_in_memory, name="dispatch")
class AddFileView(StepView):
    """The office adds what came by post or mail."""

    action = permissions.RECORD
    page_title = gettext_lazy("Datei hinzufügen")
    button = gettext_lazy("Hochladen")
    template_name = "membership/admin/add_file.html"
    explanation = gettext_lazy(
        "Laden Sie den Scan des unterschriebenen Antrags hoch. Den Eingang tragen Sie danach eigens ein."
    )

    def get_forms(self, data: Any = None) -> list[Any]:
        return [AddFileForm(data, self.request.FILES if data is not None else None)]

    def take(self, forms: list[Any]) -> str:
        given = forms[0].cleaned_data
        add_attachment(self.application, given["scan"], uploaded_by=self.user, replaces=given["replaces"])
        return _("Die Datei ist hinzugefügt.")
