"""Which form a filled PDF is: whose, and in which version. Printed on the blank form and read from what comes back."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dues.models import DuesOrder
from membership.documents import form
from portal.association.models import AssociationSettings, LegalText

FIELD = "form_identity"
"""Name of the read-only field that carries the identity: every program that fills forms keeps it."""
_WRITTEN = re.compile(r"AA-([0-9a-f]{8})-([0-9a-f]{8})")


@dataclass(frozen=True)
class FormIdentity:
    """``association`` stands for whose form it is, ``version`` for its questions, their choices and the texts in it."""

    association: str
    version: str

    def __str__(self) -> str:
        return f"AA-{self.association}-{self.version}"


def current_identity(order: DuesOrder, texts: Iterable[LegalText | None]) -> FormIdentity:
    """Return the identity of the form as it is made today from ``order`` and ``texts``."""
    questions = [
        (control.name, control.kind, [choice.value for choice in control.choices], list(control.rows))
        for control in form.all_controls(order)
    ]
    version = [questions, sorted(text.content_hash for text in texts if text)]
    return FormIdentity(_digest(AssociationSettings.load().full_name), _digest(version))


def read_identity(written: str) -> FormIdentity | None:
    """Return the identity that stands in a form; None for anything else."""
    found = _WRITTEN.fullmatch(written.strip())
    return FormIdentity(*found.groups()) if found else None


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:8]
