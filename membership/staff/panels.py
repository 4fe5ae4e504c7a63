"""The parts of an application's page, from top to bottom; each has a template of its name below admin/panels/.

A new part is a class here or in a module of its own, and a line in ``membership.staff.detail.PANELS``.
"""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from membership import permissions
from membership.answers import describe
from membership.cosigner_list import cosigner_list
from membership.domain import completeness, open_request
from membership.duplicates import possible_duplicates
from membership.history import history_of, mails_of
from membership.models import Application
from portal.accounts.models import User


class ApplicationPanel(Component):
    """One part of the page; the template gets ``application`` and what :meth:`context` adds."""

    name = ""

    def __init__(self, application: Application, user: User) -> None:
        self.application = application
        self.user = user

    @property
    def template_name(self) -> str:
        """The template named after the part."""
        return f"membership/admin/panels/{self.name}.html"

    def is_shown(self) -> bool:
        """Whether this application has this part, for this person."""
        return True

    def context(self) -> dict[str, Any]:
        """Return what the template needs besides ``application``."""
        return {}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        # Parts are rendered by themselves: without the page's token no form in them would be taken.
        shared = {"request": parent_context["request"], "csrf_token": parent_context["csrf_token"]}
        return {"application": self.application, **shared, **self.context()}

    def may(self, action: str) -> bool:
        """Whether the person who looks may take ``action`` (membership.permissions)."""
        return permissions.policy.user_has_permission(self.user, action)


class StandingPanel(ApplicationPanel):
    """What is done and what is open, by whom, and what can be done next."""

    name = "standing"

    def context(self) -> dict[str, Any]:
        lines = completeness(self.application) if self.application.is_open else []
        return {
            "lines": lines,
            "is_complete": all(line.is_done for line in lines),
            "asked": open_request(self.application),
            "may_record": self.may(permissions.RECORD),
        }


class DuplicatesPanel(ApplicationPanel):
    """Other applications of the same name or mail address, members' among them: a hint, nothing else."""

    name = "duplicates"

    def __init__(self, application: Application, user: User) -> None:
        super().__init__(application, user)
        self.found = list(possible_duplicates(application).select_related("member"))

    def is_shown(self) -> bool:
        return bool(self.found)

    def context(self) -> dict[str, Any]:
        return {"found": self.found}


class AnswersPanel(ApplicationPanel):
    """Everything that was sent, bank data masked."""

    name = "answers"

    def context(self) -> dict[str, Any]:
        return {"sections": describe(self.application, with_unanswered=True)}


class VersionsPanel(ApplicationPanel):
    """The versions that were agreed to."""

    name = "versions"

    def context(self) -> dict[str, Any]:
        return {"texts": self.application.text_versions.select_related("text")}


class ReceiptsPanel(ApplicationPanel):
    """Which signed papers came, and when."""

    name = "receipts"

    def context(self) -> dict[str, Any]:
        return {"receipts": self.application.receipts.select_related("recorded_by")}


class SignaturesPanel(ApplicationPanel):
    """The rows of a group."""

    name = "signatures"

    def is_shown(self) -> bool:
        return self.application.is_group

    def context(self) -> dict[str, Any]:
        listed = cosigner_list(self.application)
        url = reverse("membership_applications:signature_count", args=[self.application.pk]) if listed.is_live else ""
        return {"listed": listed, "live_url": url, "may_record": self.may(permissions.RECORD)}


class QuestionsPanel(ApplicationPanel):
    """What the office asked and what came back."""

    name = "questions"

    def is_shown(self) -> bool:
        return self.application.completion_requests.exists()

    def context(self) -> dict[str, Any]:
        return {"requests": self.application.completion_requests.select_related("asked_by", "answered_by")}


class MailsPanel(ApplicationPanel):
    """Which mails were sent, and where each stands."""

    name = "mails"

    def context(self) -> dict[str, Any]:
        return {"mails": mails_of(self.application)}


class HistoryPanel(ApplicationPanel):
    """Everything on record; what the board does among itself is for the board."""

    name = "history"

    def context(self) -> dict[str, Any]:
        return {"history": history_of(self.application, for_board=self.may(permissions.DECIDE))}
