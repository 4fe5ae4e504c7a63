"""Changing what an application says, until the board votes on it."""

from collections.abc import Callable

from django.db import transaction

from membership.answers import name_without_title
from membership.domain.checked import CheckedApplication
from membership.domain.drafts import create_draft, finish_correction, outdate_corrections
from membership.domain.errors import CorrectedMeanwhile, KindFixed
from membership.domain.locking import lock_open
from membership.domain.readiness import take_back, take_back_if_incomplete
from membership.domain.telling import take_back_message, tell_applicant
from membership.domain.voiding import void_confirmations
from membership.domain.vote import refuse_while_voting
from membership.fingerprint import ON_PAPER_ONLY, content_hash
from membership.mail_kinds import CORRECTED, CORRECTION_NOTICE
from membership.models import Application, ApplicationDraft, ApplicationText, SepaMandate
from membership.models.draft import DraftContent
from membership.models.signature import fold_name
from portal.accounts.models import User
from portal.association.enums import ApplicantKind, MembershipType
from portal.mailing.queue import cancel_mails, queue_mail
from portal.privacy import audit

COLUMNS = ("membership_type", "dues_order", "dues_rate", "dues_base", "own_amount", "payment_way", "applicant_name")


def begin_correction(
    application: Application, *, content_of: Callable[[Application], DraftContent]
) -> ApplicationDraft:
    """Keep in a draft what the application says, read by ``content_of`` while nobody else changes it.

    One at a time: a correction begun before is outdated; whoever would rather go on with it asks
    :func:`~membership.domain.drafts.open_correction` first.
    Raises NotOpen, and AlreadyVoting while the board votes.
    """
    with transaction.atomic():
        locked = lock_open(application)
        refuse_while_voting(locked)
        outdate_corrections(locked)
        content = content_of(locked)
        return create_draft(
            kind=ApplicantKind(content.kind),
            membership_type=MembershipType(content.membership_type),
            data=content.data,
            versions=content.versions,
            application=locked,
        )


def correct_application(
    application: Application,
    checked: CheckedApplication,
    *,
    key: str = "",
    stand: str = "",
    corrected_by: User | None = None,
) -> Application:
    """Put what was checked in the place of what was submitted, with the versions it was shown with now.

    The confirmed mail address and the co-signatories' rows stay. What is signed on paper cannot change without a new
    edition of it: papers that came and lines that were checked count no more, and a ready application goes back to the
    office. A new content hash voids the co-signatories' signatures too. Nothing happens when nothing differs.
    ``corrected_by`` is who corrects at the applicant's request, None for the applicant. A draft of ``key`` is emptied;
    a change outdates every other correction that was begun before. ``stand`` is the application's when the form was
    filled from it (:func:`stand_of`), where there is no draft.
    Raises NotOpen, AlreadyVoting while the board votes, KindFixed for another kind of applicant, which would be
    another application, DraftOver when the draft of ``key`` was finished or outdated meanwhile, and CorrectedMeanwhile
    for another ``stand``.
    """
    with transaction.atomic():
        locked = lock_open(application)
        refuse_while_voting(locked)
        if checked.kind != locked.kind:
            raise KindFixed
        if key:
            finish_correction(key)
        if stand and stand != stand_of(locked):
            raise CorrectedMeanwhile
        changed = changed_fields(locked, checked)
        if not changed:
            return locked
        voids, is_new_paper = voids_signatures(locked, checked), needs_new_paper(locked, checked)
        _write(locked, checked, is_new_paper=is_new_paper)
        _write_mandate(locked, checked)
        outdate_corrections(locked)
        audit.record(
            locked, "application_corrected", actor=corrected_by, fields=changed, fingerprint_changed=is_new_paper
        )
        if voids:
            void_confirmations(locked, changed_by=corrected_by)
            locked.refresh_from_db()
        _take_back(locked, corrected_by, is_new_paper=is_new_paper)
        take_back_message(CORRECTED, locked)
        cancel_mails(CORRECTION_NOTICE, locked.pk)
        tell_applicant(CORRECTED, locked)
        if corrected_by is None:
            queue_mail(CORRECTION_NOTICE, locked.pk)
        return locked


def stand_of(application: Application) -> str:
    """Return a mark of what a form was filled from: how often the application was corrected before."""
    return str(audit.entries_of(application).filter(action="application_corrected").count())


def changed_fields(application: Application, checked: CheckedApplication) -> list[str]:
    """Return the names of what would change, never its contents."""
    names = {*application.answers, *checked.answers}
    answers = {name for name in names if application.answers.get(name) != checked.answers.get(name)}
    columns = {name for name in COLUMNS if getattr(application, name) != getattr(checked, name)}
    mandate = {"iban"} if _bank_data(application) != _checked_bank_data(checked) else set()
    texts = {"texts"} if _text_keys(application) != {text.pk for text in checked.texts} else set()
    return sorted(answers | columns - {"applicant_name"} | mandate | texts)


def voids_signatures(application: Application, checked: CheckedApplication) -> bool:
    """Whether co-signatories would have confirmed something else."""
    return content_hash(checked) != application.content_hash


def needs_new_paper(application: Application, checked: CheckedApplication) -> bool:
    """Whether the signed paper would state something else, so that it has to be signed anew."""
    return voids_signatures(application, checked) or not ON_PAPER_ONLY.isdisjoint(changed_fields(application, checked))


def _write(locked: Application, checked: CheckedApplication, *, is_new_paper: bool) -> None:
    for name in COLUMNS:
        setattr(locked, name, getattr(checked, name))
    locked.answers = dict(checked.answers)
    locked.folded_name = fold_name(name_without_title(locked.kind, checked.answers))
    locked.content_hash = content_hash(checked)
    if is_new_paper:
        locked.edition += 1
        locked.checked_lines.all().delete()
    locked.save()
    locked.text_versions.all().delete()
    ApplicationText.objects.bulk_create(ApplicationText(application=locked, text=text) for text in checked.texts)


def _write_mandate(locked: Application, checked: CheckedApplication) -> None:
    """Replace the bank data; a reference given once stays with the mandate while its account does."""
    if _bank_data(locked) == _checked_bank_data(checked):
        return
    SepaMandate.objects.filter(application=locked).delete()
    if checked.mandate:
        SepaMandate.objects.create(
            application=locked,
            account_holder=checked.mandate.account_holder,
            iban=checked.mandate.iban,
            creditor_identifier=checked.mandate.creditor_identifier,
        )


def _take_back(locked: Application, actor: User | None, *, is_new_paper: bool) -> None:
    if is_new_paper and locked.is_ready:
        take_back(locked, actor)
    else:
        take_back_if_incomplete(locked, actor)


def _bank_data(application: Application) -> tuple[str, str] | None:
    mandate = SepaMandate.objects.filter(application=application).first()
    return (str(mandate.account_holder), str(mandate.iban)) if mandate else None


def _checked_bank_data(checked: CheckedApplication) -> tuple[str, str] | None:
    return (checked.mandate.account_holder, checked.mandate.iban) if checked.mandate else None


def _text_keys(application: Application) -> set[int]:
    return set(application.text_versions.values_list("text_id", flat=True))
