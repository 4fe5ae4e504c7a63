"""The board decides: votes without a meeting, results of a meeting, taking back, notes, the extract for the minutes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership import permissions
from membership.documents import render_resolution
from membership.domain import (
    add_note,
    cancel_vote,
    cast_ballot,
    open_vote,
    record_meeting_decision,
    reverse_decision,
)
from membership.domain.errors import AlreadyVoting, NotDecided, VoteClosed
from membership.models import BoardDecision
from membership.models.decision import NUMBERED_STATES, DecisionState, DecisionWay, VotingRules
from membership.staff.base import StaffView, StepView
from membership.staff.forms.decision import BallotForm, MeetingForm, NoteForm, VoteForm
from membership.voting_words import rules_in_words
from portal.privacy import audit

RESULTS = {
    DecisionState.OPEN: gettext_lazy("Ihre Stimme ist abgegeben."),
    DecisionState.ACCEPTED: gettext_lazy(
        "Der Antrag ist angenommen. Die Nachricht geht in zehn Minuten hinaus; bis dahin können Sie die Entscheidung "
        "rückgängig machen."
    ),
    DecisionState.REJECTED: gettext_lazy(
        "Der Antrag ist abgelehnt. Die Nachricht geht in zehn Minuten hinaus; bis dahin können Sie die Entscheidung "
        "rückgängig machen."
    ),
    DecisionState.FAILED: gettext_lazy("Es ist nichts beschlossen. Der Antrag bleibt beschlussreif."),
}


class BoardStepView(StepView):
    """A step of somebody who sits on the board today."""

    action = permissions.DECIDE

    def rules(self) -> list[str]:
        """Return how votes are counted, in sentences; none where nothing is counted."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"rules": self.rules()}

    def open_decision(self) -> BoardDecision:
        """Return the vote that runs; 404 when there is none."""
        return get_object_or_404(self.application.decisions, state=DecisionState.OPEN)

    def latest_decision(self) -> BoardDecision:
        """Return the latest vote: one that has just closed refuses with its reason, not with a missing page."""
        decision = self.application.decisions.first()
        if decision is None:
            raise Http404
        return decision


class OpenVoteView(BoardStepView):
    """The board starts to vote."""

    page_title = gettext_lazy("Abstimmung eröffnen")
    button = gettext_lazy("Abstimmung eröffnen")
    explanation = gettext_lazy(
        "Alle Mitglieder des Vorstands bekommen einen Hinweis und stimmen hier ab. Solange die Abstimmung läuft, "
        "ändert sich am Antrag nichts; nur die E-Mail-Adresse kann die Geschäftsstelle berichtigen."
    )

    def get_forms(self, data: Any = None) -> list[Any]:
        return [VoteForm(data)]

    def rules(self) -> list[str]:
        return rules_in_words(VotingRules.load().as_rules(DecisionWay.CIRCULAR))

    def take(self, forms: list[Any]) -> str:
        try:
            open_vote(self.application, opened_by=self.user, **forms[0].cleaned_data)
        except AlreadyVoting:
            running = self.open_decision()
            if running.opened_by != self.user or running.last_day != forms[0].cleaned_data["closes_on"]:
                raise
        return _("Die Abstimmung ist eröffnet. Der Vorstand bekommt einen Hinweis.")


class BallotView(BoardStepView):
    """Somebody on the board votes, or changes their vote."""

    page_title = gettext_lazy("Abstimmen")
    button = gettext_lazy("Stimme abgeben")
    explanation = gettext_lazy("Sie können Ihre Stimme ändern, solange die Abstimmung läuft.")

    def get_forms(self, data: Any = None) -> list[Any]:
        own = self.latest_decision().ballots.filter(voter=self.user).first()
        return [BallotForm(data, initial={"vote": own.vote if own else None})]

    def rules(self) -> list[str]:
        return rules_in_words(self.latest_decision().voting_rules)

    def take(self, forms: list[Any]) -> str:
        decision, vote = self.latest_decision(), forms[0].cleaned_data["vote"]
        try:
            decision = cast_ballot(decision, voter=self.user, vote=vote)
        except VoteClosed:
            # Pressed twice: the first press has cast this vote, the last one, and so closed the vote.
            decision.refresh_from_db()
            if decision.state not in RESULTS or not decision.ballots.filter(voter=self.user, vote=vote).exists():
                raise
        return str(RESULTS[DecisionState(decision.state)])


class CancelVoteView(BoardStepView):
    """The board breaks a vote off."""

    page_title = gettext_lazy("Abstimmung abbrechen")
    button = gettext_lazy("Abstimmung abbrechen")
    explanation = gettext_lazy("Die abgegebenen Stimmen zählen dann nicht. Sie können danach neu abstimmen.")

    def take(self, forms: list[Any]) -> str:
        decision = self.latest_decision()
        if decision.state != DecisionState.CANCELLED:
            cancel_vote(decision, cancelled_by=self.user)
        return _("Die Abstimmung ist abgebrochen. Es ist nichts beschlossen.")


class MeetingView(BoardStepView):
    """The board enters what a meeting decided."""

    page_title = gettext_lazy("Beschluss einer Sitzung eintragen")
    button = gettext_lazy("Beschluss eintragen")
    explanation = gettext_lazy(
        "Tragen Sie ein, was in der Sitzung gezählt wurde. Ob der Antrag angenommen ist, folgt aus den Regeln für "
        "Beschlüsse."
    )

    def get_forms(self, data: Any = None) -> list[Any]:
        return [MeetingForm(data)]

    def rules(self) -> list[str]:
        return rules_in_words(VotingRules.load().as_rules(DecisionWay.MEETING), in_meeting=True)

    def take(self, forms: list[Any]) -> str:
        decision = record_meeting_decision(self.application, recorded_by=self.user, **forms[0].result)
        return str(RESULTS[DecisionState(decision.state)])


class ReverseView(BoardStepView):
    """The board takes a decision back."""

    page_title = gettext_lazy("Entscheidung rückgängig machen")
    button = gettext_lazy("Rückgängig machen")
    explanation = gettext_lazy(
        "Das geht zehn Minuten lang, solange die Nachricht noch nicht unterwegs ist. Der Antrag ist danach wieder "
        "beschlussreif."
    )

    def take(self, forms: list[Any]) -> str:
        try:
            reverse_decision(self.application, reversed_by=self.user)
        except NotDecided:
            # Pressed twice, or by two people: what they wanted is done.
            latest = self.application.decisions.first()
            if latest is None or latest.state != DecisionState.REVERSED:
                raise
        return _("Die Entscheidung ist rückgängig gemacht. Der Antrag ist wieder beschlussreif.")


class NoteView(BoardStepView):
    """The board notes something for itself."""

    page_title = gettext_lazy("Notiz des Vorstands")
    button = gettext_lazy("Notiz speichern")
    explanation = gettext_lazy("Nur der Vorstand liest diese Notiz. Sie steht in keiner Nachricht und keinem Auszug.")

    def get_forms(self, data: Any = None) -> list[Any]:
        return [NoteForm(data)]

    def take(self, forms: list[Any]) -> str:
        add_note(self.application, text=forms[0].cleaned_data["text"], written_by=self.user)
        return _("Die Notiz ist gespeichert.")


class ExtractView(StaffView):
    """A resolution as PDF, to be put into the minutes."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        decision = get_object_or_404(self.application.decisions, pk=kwargs["decision"], state__in=NUMBERED_STATES)
        audit.record(self.application, "extract_opened", actor=self.user)
        name = f"Beschluss-{decision.year}-{decision.number}.pdf"
        return HttpResponse(
            render_resolution(decision),
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )
