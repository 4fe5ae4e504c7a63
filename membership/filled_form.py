"""A blank form that was filled in on screen and comes back: its fields become what a browser would have posted.

Programs write forms differently: a choice may hold its code or its label, a box ``on`` or a name of its own, line ends
vary. What the form does not have is not looked at; nothing is checked here but whether it is our form.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from dues.models import DuesOrder
from membership.countries import countries
from membership.definition import Field, FieldType
from membership.documents import form as sheet
from membership.documents.downloads import form_texts
from membership.documents.identity import FIELD, current_identity, read_identity
from membership.fields import FIELDS
from membership.forms.rows import cell_name, count_name
from membership.models.signature import fold_name
from membership.uploads import PICTURE, UnusableUpload, document_from, kind_of
from portal.association.enums import ApplicantKind, MembershipType
from portal.pdf.errors import UnreadablePdf

LONGEST = 2_000
"""Characters of one answer; the longest right one has 300."""


class NotOurForm(Exception):
    """Nothing can be taken over; ``str()`` is the German sentence that says why and what to do."""


@dataclass(frozen=True)
class FilledForm:
    """What was read. ``data`` has the names of ``ApplicationForm``'s inputs.

    ``is_current``: whether it is the form as it is made today; an older one loses what was ticked, because its texts
    are others. ``left_out`` are the labels of answers that fit no choice of today.
    """

    kind: ApplicantKind
    membership_type: MembershipType
    data: dict[str, str]
    is_current: bool
    left_out: list[str] = field(default_factory=list)


def read_filled_form(file: UploadedFile | bytes, order: DuesOrder) -> FilledForm:
    """Return what was filled in. Raises NotOurForm."""
    content = file if isinstance(file, bytes) else file.read()
    values = _values(content)
    identity, current = read_identity(values.get(FIELD, "")), current_identity(order, form_texts().values())
    if identity is None:
        raise NotOurForm(_other_form())
    if identity.association != current.association:
        raise NotOurForm(
            _(
                "Dieses Formular gehört zu einem anderen Verein oder nennt einen früheren Namen. Bitte laden Sie unser "
                "Formular neu herunter und füllen Sie es aus."
            )
        )
    reading = _Reading(values, is_current=identity == current)
    reading.read(order)
    return reading.result()


def _values(content: bytes) -> dict[str, str]:
    if not content:
        raise NotOurForm(_("Bitte wählen Sie das ausgefüllte Formular aus; die Datei darf nicht leer sein."))
    if kind_of(content) == PICTURE:
        raise NotOurForm(scan_explained())
    from portal.pdf.reading import read_form_values

    try:
        values = read_form_values(document_from([content]).content)
    except UnusableUpload as refusal:
        raise NotOurForm(str(refusal)) from None
    except UnreadablePdf:
        raise NotOurForm(_other_form()) from None
    if not values:
        raise NotOurForm(scan_explained())
    return values


def scan_explained() -> str:
    """Return what distinguishes a scan from a form whose fields can still be read; the page says where each belongs."""
    return _(
        "Diese Datei ist ein Scan, ein Foto oder ein Ausdruck als PDF: Was darin steht, ist nur noch ein Bild, aus dem "
        "sich nichts übernehmen lässt. Was Sie damit tun können, steht unten unter „Formular oder Scan?“."
    )


def _other_form() -> str:
    return _(
        "Das ist nicht unser Aufnahmeantrag, oder die Formularkennung auf der ersten Seite wurde geändert. Bitte laden "
        "Sie unser Formular neu herunter und füllen Sie es aus."
    )


class _Reading:
    """One form while it is read."""

    def __init__(self, values: Mapping[str, str], *, is_current: bool) -> None:
        self.values = {name: value[:LONGEST].strip() for name, value in values.items()}
        self.is_current = is_current
        self.data: dict[str, str] = {}
        self.left_out: list[str] = []

    def read(self, order: DuesOrder) -> None:
        """Take over every question of the form."""
        fields = {each.name: each for each in FIELDS}
        for control in sheet.all_controls(order):
            if control.kind == "rows":
                self._read_rows(fields[control.name], control.rows + control.more_rows)
            elif control.kind == "choice":
                self._read_choice(control.name, control.label, [(each.value, each.label) for each in control.choices])
            elif control.kind == "tick":
                self._read_tick(control.name)
            elif fields[control.name].field_type is FieldType.COUNTRY:
                self._read_choice(control.name, control.label, list(countries()))
            else:
                self._keep(control.name, self.values.get(control.name, ""))
        self._read_rows(fields["cosigners"], tuple(sheet.cosignature_rows()))

    def result(self) -> FilledForm:
        """Return what was read; raises NotOurForm where it says nothing, or not who applies for what."""
        if not self.data:
            raise NotOurForm(
                _(
                    "Das Formular ist leer. Vielleicht wurde es nach dem Ausfüllen nicht gespeichert: Öffnen Sie es "
                    "zur Probe noch einmal. Zum Online-Ausfüllen brauchen Sie kein PDF."
                )
            )
        kind, membership_type = self.data.pop("kind", ""), self.data.pop("membership_type", "")
        if not kind or not membership_type:
            raise NotOurForm(
                _(
                    "Im Formular ist nicht angekreuzt, wer den Antrag stellt oder welche Mitgliedschaft es sein soll. "
                    "Bitte kreuzen Sie beides an, speichern Sie das Formular, und laden Sie es noch einmal hoch."
                )
            )
        return FilledForm(
            ApplicantKind(kind), MembershipType(membership_type), self.data, self.is_current, self.left_out
        )

    def _keep(self, name: str, value: str) -> None:
        if value:
            self.data[name] = value

    def _read_choice(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        """Take a choice by its code, else by its label in whatever spelling."""
        given = self.values.get(name, "")
        codes = {code for code, _label in choices}
        by_label = {fold_name(str(text)): code for code, text in choices}
        code = given if given in codes else by_label.get(fold_name(given), "")
        self._keep(name, code)
        if given and not code:
            self.left_out.append(label)

    def _read_tick(self, name: str) -> None:
        if self.is_current:
            self._keep(name, self.values.get(name, ""))

    def _read_rows(self, rows: Field, numbers: tuple[int, ...]) -> None:
        """Take the rows that have anything in them, closed up, and how many inputs the page needs for them."""
        filled = [row for row in self._rows(rows, numbers) if any(row.values())]
        for number, row in enumerate(filled, start=1):
            for column in rows.columns:
                self._keep(cell_name(rows, number, column), row[column.name])
        if filled:
            self.data[count_name(rows)] = str(max(len(filled), rows.shown_rows))

    def _rows(self, rows: Field, numbers: tuple[int, ...]) -> Iterator[dict[str, str]]:
        for number in numbers:
            yield {column.name: self.values.get(f"{rows.name}-{number}-{column.name}", "") for column in rows.columns}
