"""What applicants, office and board are told.

Each mail is written when it is sent, from the application as it is then.
"""

from collections.abc import Callable, Collection, Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dues.enums import AmountType
from dues.money import format_amount
from membership import links, mail_kinds
from membership.domain.telling import note_told
from membership.enums import OPEN_STATES, STAFF_STATES, ApplicationState
from membership.models import Application, ApplicationDraft, CompletionRequest, FormerAddress
from membership.models.decision import DecisionState
from membership.next_steps import next_steps
from portal.association.enums import ApplicantKind
from portal.association.models import AssociationSettings, BoardTerm
from portal.mailing.compose import build_mail
from portal.mailing.registry import Compose, register_mail

ADMIN_DETAIL = "membership_applications:inspect"


def register() -> None:
    """Tell the queue who writes which mail."""
    for kind, compose in _COMPOSERS.items():
        keep = note_told if kind in mail_kinds.OUTCOMES else None
        register_mail(kind, compose, label=mail_kinds.LABELS[kind], about=Application._meta.label, note_sent=keep)
    label = mail_kinds.LABELS[mail_kinds.DRAFT_LINK]
    register_mail(mail_kinds.DRAFT_LINK, draft_link, label=label, about=ApplicationDraft._meta.label)
    label = mail_kinds.LABELS[mail_kinds.FORMER_ADDRESS]
    register_mail(mail_kinds.FORMER_ADDRESS, former_address, label=label, about=FormerAddress._meta.label)


def draft_link(pk: int) -> list[EmailMessage]:
    """Send the link of a draft; nothing of what was typed, because anybody may have typed the address."""
    draft = ApplicationDraft.objects.get(pk=pk)
    if draft.is_over(timezone.now()) or not draft.content.mailed_to:
        return []
    context = {
        "association": AssociationSettings.load(),
        "draft_url": links.draft_url(draft),
        "expires_on": timezone.localdate(draft.expires_at),
    }
    return [build_mail(mail_kinds.DRAFT_LINK, context, to=draft.content.mailed_to)]


def confirm(pk: int) -> list[EmailMessage]:
    """Ask the applicant to confirm the address; nothing once it is confirmed."""
    return _to_applicant(
        pk,
        mail_kinds.CONFIRM,
        {ApplicationState.UNCONFIRMED},
        lambda application: {"confirmation_url": links.url(application, links.CONFIRMATION)},
    )


def received(pk: int, *, on_paper: bool = False) -> list[EmailMessage]:
    """Tell the applicant that the application has come, where the paper is, and what to do."""
    return _to_applicant(
        pk,
        mail_kinds.RECEIVED,
        OPEN_STATES,
        lambda application: {
            "status_url": links.url(application, links.STATUS),
            "steps": next_steps(application, by_post=on_paper),
        },
        on_paper=on_paper,
    )


def accepted(pk: int, *, on_paper: bool = False) -> list[EmailMessage]:
    """Tell the applicant that the board has admitted them."""
    return _to_applicant(
        pk,
        mail_kinds.ACCEPTED,
        {ApplicationState.ACCEPTED},
        lambda application: {
            "member_number": str(application.member.number),
            "dues_amount": _dues_amount(application),
            "reduced_wanted": application.answers.get("reduced_wanted", False),
        },
        on_paper=on_paper,
    )


def rejected(pk: int, *, on_paper: bool = False) -> list[EmailMessage]:
    """Tell the applicant that the board has not admitted them; without reasons."""
    return _to_applicant(pk, mail_kinds.REJECTED, {ApplicationState.REJECTED}, on_paper=on_paper)


def completion_request(pk: int, *, on_paper: bool = False) -> list[EmailMessage]:
    """Ask the applicant for what is missing; nothing once it is answered."""
    asked = CompletionRequest.objects.open().filter(application_id=pk).first()
    if asked is None:
        return []
    return _to_applicant(
        pk,
        mail_kinds.COMPLETION_REQUEST,
        OPEN_STATES,
        lambda application: {"asked": asked, "status_url": links.url(application, links.STATUS)},
        on_paper=on_paper,
    )


def letter(kind: str, pk: int) -> EmailMessage | None:
    """Return the words of a letter to somebody without an address; None when there is nothing to tell any more."""
    return next(iter(_LETTERS[kind](pk, on_paper=True)), None)


def answer_notice(pk: int) -> list[EmailMessage]:
    """Tell the office that an applicant has answered: the reference and a link, nothing else."""
    answered = Application.objects.open().filter(pk=pk).first()
    return notice(mail_kinds.ANSWER_NOTICE, answered, office_address())


def corrected(pk: int, *, on_paper: bool = False) -> list[EmailMessage]:
    """Tell the applicant that what the application says was changed, and where the new paper is."""
    return _to_applicant(
        pk,
        mail_kinds.CORRECTED,
        OPEN_STATES,
        lambda application: {"status_url": links.url(application, links.STATUS)},
        on_paper=on_paper,
    )


def email_changed(pk: int) -> list[EmailMessage]:
    """Send the new status link to the address that the office has put in the place of another."""
    return _to_applicant(
        pk,
        mail_kinds.EMAIL_CHANGED,
        STAFF_STATES,
        lambda application: {"status_url": links.url(application, links.STATUS)},
    )


def former_address(pk: int) -> list[EmailMessage]:
    """Tell a former address that it is none any more: no name, no reference and no link, whoever reads it."""
    former = FormerAddress.objects.select_related("application").get(pk=pk)
    context = {"association": AssociationSettings.load()}
    return [build_mail(mail_kinds.FORMER_ADDRESS, context, to=former.email, language=former.application.language)]


def withdrawn(pk: int, *, on_paper: bool = False) -> list[EmailMessage]:
    """Tell the applicant that the application is withdrawn."""
    return _to_applicant(pk, mail_kinds.WITHDRAWN, {ApplicationState.WITHDRAWN}, on_paper=on_paper)


def correction_notice(pk: int) -> list[EmailMessage]:
    """Tell the office that an applicant has corrected something: the reference and a link, nothing else."""
    waiting = Application.objects.open().filter(pk=pk).first()
    return notice(mail_kinds.CORRECTION_NOTICE, waiting, office_address())


def withdrawal_notice(pk: int) -> list[EmailMessage]:
    """Tell the office that an application is withdrawn: the reference and a link, nothing else."""
    closed = Application.objects.filter(pk=pk, state=ApplicationState.WITHDRAWN).first()
    return notice(mail_kinds.WITHDRAWAL_NOTICE, closed, office_address())


def office_notice(pk: int) -> list[EmailMessage]:
    """Tell the office that an application waits: its reference and a link, nothing else."""
    waiting = Application.objects.open().filter(pk=pk).first()
    return notice(mail_kinds.OFFICE_NOTICE, waiting, office_address())


def upload_notice(pk: int) -> list[EmailMessage]:
    """Tell the office that an applicant has uploaded the signed paper: its reference and a link, nothing else."""
    waiting = Application.objects.open().filter(pk=pk).first()
    return notice(mail_kinds.UPLOAD_NOTICE, waiting, office_address())


def board_notice(pk: int) -> list[EmailMessage]:
    """Tell everybody on the board that it can decide on an application: its reference and a link, nothing else."""
    waiting = Application.objects.awaiting_board().filter(pk=pk).first()
    return notices(mail_kinds.BOARD_NOTICE, waiting, board_addresses())


def vote_opened(pk: int) -> list[EmailMessage]:
    """Tell everybody on the board that they can vote; nothing once the vote is over."""
    return _vote_notice(mail_kinds.VOTE_OPENED, pk)


def vote_extended(pk: int) -> list[EmailMessage]:
    """Tell the board that votes are missing, by whatever rule, and that the vote goes on."""
    return _vote_notice(mail_kinds.VOTE_EXTENDED, pk)


def vote_closed(pk: int) -> list[EmailMessage]:
    """Tell board and office that the vote is over; the result stands in the admin."""
    return _to_board_and_office(mail_kinds.VOTE_CLOSED, pk)


def decision_reversed(pk: int) -> list[EmailMessage]:
    """Tell board and office, who know that the vote is over, that its result was taken back."""
    return _to_board_and_office(mail_kinds.DECISION_REVERSED, pk)


def _to_board_and_office(kind: str, pk: int) -> list[EmailMessage]:
    application = Application.objects.for_staff().filter(pk=pk).first()
    return notices(kind, application, dict.fromkeys([*board_addresses(), office_address()]))


def _vote_notice(kind: str, pk: int) -> list[EmailMessage]:
    voted_on = Application.objects.awaiting_board().filter(pk=pk, decisions__state=DecisionState.OPEN).first()
    return notices(kind, voted_on, board_addresses())


def board_addresses() -> list[str]:
    """Return where the board reads its mail: the common address, if there is one, and everybody whose term runs."""
    terms = BoardTerm.objects.running().filter(user__is_active=True).order_by("user__email")
    persons = terms.values_list("user__email", flat=True)
    return [address for address in dict.fromkeys([AssociationSettings.load().board_email, *persons]) if address]


def office_address() -> str:
    """Return where the office reads its mail, empty while nothing is known."""
    association = AssociationSettings.load()
    return association.office_email or association.email


def notice(kind: str, application: Application | None, address: str) -> list[EmailMessage]:
    """Return a mail that names the reference and a link; none without an application or an address."""
    if application is None or not address:
        return []
    context = {"reference": application.reference, "admin_url": _admin_url(application)}
    return [build_mail(kind, context, to=address)]


def notices(kind: str, application: Application | None, addresses: Iterable[str]) -> list[EmailMessage]:
    """Return the same notice to each address, one mail each."""
    return [mail for address in addresses for mail in notice(kind, application, address)]


def _to_applicant(
    pk: int,
    kind: str,
    states: Collection[ApplicationState],
    more: Callable[[Application], dict[str, object]] = lambda application: {},
    *,
    on_paper: bool = False,
) -> list[EmailMessage]:
    """Return the mail if the application still is in a state it tells of and has an address.

    ``on_paper`` asks for the words of a letter: for those without an address, to nobody. It names no secret address,
    because the office prints it.
    """
    application = Application.objects.filter(pk=pk, state__in=states).first()
    if application is None or bool(application.email) == on_paper:
        return []
    association = AssociationSettings.load()
    context = {
        "application": application,
        "association": association,
        "salutation": _salutation(application),
        **more(application),
    }
    text = mail_kinds.LETTER_TEXTS.get(kind, kind) if on_paper else kind
    return [
        build_mail(text, context, to=[application.email] if application.email else [], language=application.language)
    ]


def _salutation(application: Application) -> str:
    """Return the greeting with the name of the person who reads it, where there is one."""
    is_person = application.kind == ApplicantKind.NATURAL_PERSON
    name = application.applicant_name if is_person else application.answers.get("contact_name", "")
    return _("Guten Tag %(name)s,") % {"name": name} if name else _("Guten Tag,")


def _dues_amount(application: Application) -> str:
    if application.dues_rate.amount_type in (AmountType.FIXED, AmountType.HONORARY):
        return application.dues_rate.describe()
    return _("%(amount)s im Jahr") % {"amount": format_amount(application.yearly_dues)}


def _admin_url(application: Application) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(ADMIN_DETAIL, args=[application.pk])}"


_COMPOSERS: dict[str, Compose] = {
    mail_kinds.CONFIRM: confirm,
    mail_kinds.RECEIVED: received,
    mail_kinds.CORRECTED: corrected,
    mail_kinds.CORRECTION_NOTICE: correction_notice,
    mail_kinds.EMAIL_CHANGED: email_changed,
    mail_kinds.WITHDRAWN: withdrawn,
    mail_kinds.WITHDRAWAL_NOTICE: withdrawal_notice,
    mail_kinds.ACCEPTED: accepted,
    mail_kinds.REJECTED: rejected,
    mail_kinds.OFFICE_NOTICE: office_notice,
    mail_kinds.BOARD_NOTICE: board_notice,
    mail_kinds.COMPLETION_REQUEST: completion_request,
    mail_kinds.ANSWER_NOTICE: answer_notice,
    mail_kinds.VOTE_OPENED: vote_opened,
    mail_kinds.VOTE_EXTENDED: vote_extended,
    mail_kinds.VOTE_CLOSED: vote_closed,
    mail_kinds.DECISION_REVERSED: decision_reversed,
    mail_kinds.UPLOAD_NOTICE: upload_notice,
}

_LETTERS: dict[str, Callable[..., list[EmailMessage]]] = {
    mail_kinds.RECEIVED: received,
    mail_kinds.CORRECTED: corrected,
    mail_kinds.WITHDRAWN: withdrawn,
    mail_kinds.COMPLETION_REQUEST: completion_request,
    mail_kinds.ACCEPTED: accepted,
    mail_kinds.REJECTED: rejected,
}
"""What is told on paper where there is no address."""
