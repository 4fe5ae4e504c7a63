"""One application: its page, and its paper. Every opening is in the audit log."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from membership.documents import render_application
from membership.staff import decision_panel, panels
from membership.staff.base import StaffView
from membership.staff.files import FilesPanel
from membership.staff.privacy import ErasurePanel
from portal.privacy import audit

PANELS: tuple[type[panels.ApplicationPanel], ...] = (
    panels.StandingPanel,
    panels.DuplicatesPanel,
    decision_panel.DecisionPanel,
    decision_panel.NotesPanel,
    panels.AnswersPanel,
    panels.VersionsPanel,
    FilesPanel,
    panels.ReceiptsPanel,
    panels.SignaturesPanel,
    panels.QuestionsPanel,
    panels.MailsPanel,
    panels.HistoryPanel,
    ErasurePanel,
)
"""The page's parts, from top to bottom."""


class DetailView(StaffView):
    """Everything that was sent, what is missing, what has happened."""

    template_name = "membership/admin/application_detail.html"

    def own_breadcrumb(self) -> list[dict[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        audit.record(self.application, "application_opened", actor=self.user)
        parts = [panel(self.application, self.user) for panel in PANELS]
        return super().get_context_data(**kwargs) | {"panels": [part for part in parts if part.is_shown()]}


class PaperView(StaffView):
    """The prefilled application as PDF, bank data masked."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        audit.record(self.application, "application_pdf_opened", actor=request.user)
        content = render_application(self.application, unmasked=False)
        name = f"Aufnahmeantrag-{self.application.reference}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )
