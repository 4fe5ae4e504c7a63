"""The board's notes for itself."""

from django.db import transaction
from django.utils import timezone

from membership.domain.errors import NoteEmpty
from membership.domain.locking import PRESSED_TWICE, lock
from membership.domain.vote import refuse_others
from membership.models import Application, BoardNote
from portal.accounts.models import User
from portal.privacy import audit


def add_note(application: Application, *, text: str, written_by: User) -> BoardNote:
    """Keep a note that only the board reads; the same words of the same person, twice in a moment, are one note.

    Raises NotOnBoard and NoteEmpty.
    """
    refuse_others(written_by)
    if not text.strip():
        raise NoteEmpty
    with transaction.atomic():
        locked = lock(application)
        recent = locked.board_notes.filter(written_at__gt=timezone.now() - PRESSED_TWICE)
        if same := recent.filter(text=text.strip(), written_by=written_by).first():
            return same
        note = BoardNote.objects.create(application=locked, text=text.strip(), written_by=written_by)
        audit.record(locked, "board_note_written", actor=written_by)
        return note
