"""The board's parts of an application's page: votes and resolutions, and its notes."""

from typing import Any

from membership import permissions
from membership.domain import is_reversible
from membership.enums import REVERSIBLE
from membership.models import BoardDecision
from membership.models.decision import DecisionState
from membership.staff.panels import ApplicationPanel
from membership.voting_words import rules_in_words, why_extended
from portal.association.models import BoardTerm


class DecisionPanel(ApplicationPanel):
    """The vote that runs, what was decided, and the board's next steps.

    While a vote runs, everybody on the board sees who has voted and nobody how; the office sees that it runs.
    """

    name = "decision"

    def is_shown(self) -> bool:
        return self.application.is_ready or self.application.decisions.exists()

    def context(self) -> dict[str, Any]:
        decisions = list(self.application.decisions.select_related("opened_by").prefetch_related("ballots", "present"))
        running = next((decision for decision in decisions if decision.is_open), None)
        recorded = self.application.decision_recorded_at
        return {
            "running": running,
            "rules": rules_in_words(running.voting_rules) if running else [],
            "why_extended": why_extended(running.voting_rules) if running and running.extensions else "",
            "board": self.board(running) if running and self.may(permissions.DECIDE) else [],
            "own": self.own_vote(running),
            "past": [decision for decision in decisions if not decision.is_open],
            "member": getattr(self.application, "member", None),
            "may_decide": self.may(permissions.DECIDE),
            "reversible_until": recorded + REVERSIBLE if recorded and is_reversible(self.application) else None,
        }

    def board(self, running: BoardDecision) -> list[dict[str, Any]]:
        """Return everybody on the board and whether they have voted."""
        voted = {ballot.voter_id for ballot in running.ballots.all()}
        terms = BoardTerm.objects.running().select_related("user").order_by("user__last_name", "user__first_name")
        return [{"term": term, "has_voted": term.user_id in voted} for term in terms]

    def own_vote(self, running: BoardDecision | None) -> str:
        """Return what the person who looks has said, in words."""
        if running is None or running.state != DecisionState.OPEN:
            return ""
        ballots = [ballot for ballot in running.ballots.all() if ballot.voter_id == self.user.pk]
        return ballots[0].get_vote_display() if ballots else ""


class NotesPanel(ApplicationPanel):
    """The board's notes; nobody else sees that there are any."""

    name = "notes"

    def is_shown(self) -> bool:
        return self.may(permissions.DECIDE)

    def context(self) -> dict[str, Any]:
        return {"notes": self.application.board_notes.select_related("written_by")}
