"""What is being filled in: a draft, or nothing stored yet. The pages of the form look at it alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from membership.definition import FieldType, Step
from membership.domain import create_draft, save_draft
from membership.domain.drafts import TICKS
from membership.forms.application import NOT_CORRECTED, ApplicationForm
from membership.forms.rows import ADD_ROW, count_name
from membership.models import ApplicationDraft
from membership.offer import Offer, offer_for
from membership.sections import STEPS
from membership.submission_key import new_key, versions_of
from portal.association.enums import ApplicantKind, MembershipType


@dataclass(frozen=True)
class Filling:
    """The offer, and everything typed so far by the names of the form's inputs.

    ``is_outdated``: a text or the dues order has a new version since the draft was shown; its ticks are left out.
    """

    offer: Offer
    data: Mapping[str, str] = field(default_factory=dict)
    draft: ApplicationDraft | None = None
    is_outdated: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """How the form is made for it."""
        return {"without": NOT_CORRECTED if self.is_correction else ()}

    @property
    def is_correction(self) -> bool:
        """Whether an application that exists is corrected."""
        return self.draft is not None and self.draft.application_id is not None

    def new_key(self) -> str:
        """Return the key of the next page."""
        return new_key(self.offer, self.draft.key if self.draft else "", is_correction=self.is_correction)

    def typed(self, request: HttpRequest, step: Step) -> dict[str, str]:
        """Return everything typed, what ``request`` posts for ``step`` in the place of what was there."""
        posted = self._posted(request, step)
        return {name: value for name, value in self.data.items() if name not in self._inputs(step)} | posted

    def saved(self, data: Mapping[str, str], step: Step) -> ApplicationDraft:
        """Keep ``data`` (of all pages; those of ``step`` were typed just now) in the draft, a new one if need be."""
        if self.draft is None:
            made = create_draft(kind=self.offer.kind, membership_type=self.offer.membership_type)
            return save_draft(made, data=data, replacing=(), versions=versions_of(self.offer))
        inputs = self._inputs(step)
        own = {name: value for name, value in data.items() if name in inputs}
        return save_draft(self.draft, data=own, replacing=inputs, versions=versions_of(self.offer))

    def unchecked(self, data: Mapping[str, str]) -> ApplicationForm:
        """Return the form with ``data``, without naming what is wrong."""
        return ApplicationForm.unchecked(self.offer, data, **self.options)

    def with_row(self, request: HttpRequest, data: Mapping[str, str]) -> dict[str, str]:
        """Return ``data`` with the one more row that ``request`` asks for."""
        form = ApplicationForm(self.offer, {**data, ADD_ROW: request.POST[ADD_ROW]}, **self.options)
        return {**data, **{count_name(count.field): str(count.rows) for count in form.row_counts.values()}}

    def _posted(self, request: HttpRequest, step: Step) -> dict[str, str]:
        return {name: request.POST[name] for name in self._inputs(step) if name in request.POST}

    def _inputs(self, step: Step) -> set[str]:
        return ApplicationForm(self.offer, **self.options).inputs_of(step)


def filling_of(draft: ApplicationDraft) -> Filling | None:
    """Return what ``draft`` holds, or None while there is no offer to fill in."""
    content = draft.content
    offer = offer_for(ApplicantKind(content.kind), MembershipType(content.membership_type))
    if offer is None:
        return None
    is_outdated = bool(content.versions) and content.versions != versions_of(offer)
    data = {name: value for name, value in content.data.items() if not (is_outdated and name in TICKS)}
    return Filling(offer, data, draft, is_outdated)


def step_after(step: Step) -> Step:
    """Return the page that follows."""
    return STEPS[STEPS.index(step) + 1]


def has_ticks(filling: Filling, step: Step) -> bool:
    """Whether something is agreed to on the page, so that it matters in which version it was shown."""
    definition = ApplicationForm(filling.offer, **filling.options).definition
    return any(each.section.step is step and each.field_type is FieldType.TICK for each in definition)
