"""Why a step was refused: one class per reason, each with the German sentence that people read."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


class ApplicationError(Exception):
    """A step that cannot be taken; ``str()`` of it is fit for people."""

    @property
    def for_staff(self) -> str:
        """What people with access read; the same, unless applicants must not know it yet."""
        return str(self)


class AlreadyConfirmed(ApplicationError):
    """The mail address is confirmed: nothing to send or to correct any more."""

    def __init__(self) -> None:
        super().__init__(_("Die E-Mail-Adresse zu diesem Antrag ist bereits bestätigt."))


class ConfirmationExpired(ApplicationError):
    """The link is genuine, but older than seven days."""

    def __init__(self) -> None:
        super().__init__(_("Der Link ist abgelaufen. Lassen Sie sich eine neue E-Mail schicken."))


class EmailAlreadyCorrected(ApplicationError):
    """The address may be corrected once."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Die E-Mail-Adresse wurde schon einmal berichtigt. Bitte stellen Sie den Antrag mit der richtigen "
                "Adresse neu."
            )
        )


class SameAddress(ApplicationError):
    """The address is the one that is on record."""

    def __init__(self) -> None:
        super().__init__(_("Diese E-Mail-Adresse ist schon eingetragen."))


class MailedTooOften(ApplicationError):
    """Nobody may have somebody else's mailbox filled by pressing a button."""

    def __init__(self) -> None:
        super().__init__(
            _("Diese E-Mail haben wir schon zehnmal geschickt. Bitte sprechen Sie uns an, wenn sie nicht ankommt.")
        )


class DraftOver(ApplicationError):
    """The draft was submitted, deleted, or has expired."""

    def __init__(self) -> None:
        super().__init__(_("Diesen Entwurf gibt es nicht mehr: Er ist abgeschickt, gelöscht oder abgelaufen."))


class KindFixed(ApplicationError):
    """Another kind of applicant is another application."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Wer den Antrag stellt, lässt sich nicht ändern. Bitte ziehen Sie ihn zurück und stellen Sie einen "
                "neuen."
            )
        )


class CorrectedMeanwhile(ApplicationError):
    """Somebody else corrected the application after the form was filled from it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Inzwischen hat jemand anders diesen Antrag berichtigt. Öffnen Sie die Seite neu, damit nichts davon "
                "verloren geht."
            )
        )


class DraftTooLong(ApplicationError):
    """Far more text than a form can hold."""

    def __init__(self) -> None:
        super().__init__(_("Das ist zu viel Text, um ihn zu speichern. Bitte kürzen Sie Ihre Angaben."))


class NotOpen(ApplicationError):
    """Unconfirmed, withdrawn or decided: office and board cannot do anything with it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Der Antrag ist nicht offen: Er ist noch nicht bestätigt, er wurde zurückgezogen, oder es ist schon "
                "entschieden."
            )
        )


class DecisionWaits(NotOpen):
    """Decided, but nobody outside is told yet: the sentence says neither that nor how."""

    def __init__(self) -> None:
        ApplicationError.__init__(
            self, _("Der Antrag wird gerade bearbeitet. Bitte versuchen Sie es in einer Viertelstunde noch einmal.")
        )

    @property
    def for_staff(self) -> str:
        """Who may see the decision reads of it."""
        return str(NotOpen())


class ErasureWaits(DecisionWaits):
    """Erased now, it would take with it a decision that the board can still take back, and the message about it."""

    @property
    def for_staff(self) -> str:
        """Who may see the decision reads when erasing is possible."""
        return _(
            "Über diesen Antrag wurde gerade entschieden. Zehn Minuten lang kann der Vorstand das rückgängig machen; "
            "danach können Sie den Antrag löschen."
        )


class NotReady(ApplicationError):
    """A line of the completeness list is open; ``missing`` holds the sentences."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(_("Der Antrag ist noch nicht beschlussreif. %(missing)s") % {"missing": " ".join(missing)})


class AlreadyReady(ApplicationError):
    """Somebody else was faster, or the button was pressed twice."""

    def __init__(self) -> None:
        super().__init__(_("Der Antrag ist bereits beschlussreif."))


class NoSuchLine(ApplicationError):
    """The application's completeness list has no such line, or nobody checks it by hand."""

    def __init__(self) -> None:
        super().__init__(_("Diesen Punkt gibt es bei diesem Antrag nicht."))


class RequestEmpty(ApplicationError):
    """A request that asks for nothing."""

    def __init__(self) -> None:
        super().__init__(_("Bitte nennen Sie mindestens einen Punkt, der fehlt, oder schreiben Sie eine Nachricht."))


class AlreadyAsked(ApplicationError):
    """One request at a time: applicants should not have to guess which one to answer."""

    def __init__(self) -> None:
        super().__init__(_("Es ist schon eine Rückfrage gestellt, auf die noch keine Antwort gekommen ist."))


class NothingAsked(ApplicationError):
    """No request waits: it was answered already."""

    def __init__(self) -> None:
        super().__init__(_("Zu diesem Antrag ist keine Rückfrage offen."))


class AnswerMissing(ApplicationError):
    """An answer without words."""

    def __init__(self) -> None:
        super().__init__(_("Bitte schreiben Sie eine Antwort."))


class NoResolution(ApplicationError):
    """A decision without a resolution of the board that says so."""

    def __init__(self) -> None:
        super().__init__(_("Zu dieser Entscheidung gibt es keinen Beschluss des Vorstands."))


class AlreadyVoting(ApplicationError):
    """One vote at a time, and nothing changes while it runs."""

    def __init__(self) -> None:
        super().__init__(_("Der Vorstand stimmt gerade über diesen Antrag ab."))


class VoteClosed(ApplicationError):
    """The vote is over."""

    def __init__(self) -> None:
        super().__init__(_("Die Abstimmung ist beendet."))


class VoteRunning(ApplicationError):
    """The deadline has not passed."""

    def __init__(self) -> None:
        super().__init__(_("Die Abstimmung läuft noch."))


class DeadlineImplausible(ApplicationError):
    """A last day that has passed, or too far away."""

    def __init__(self) -> None:
        super().__init__(_("Der letzte Tag der Abstimmung liegt zwischen heute und in sechzig Tagen."))


class CountImplausible(ApplicationError):
    """The votes of a meeting that cannot be."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Die Zahlen passen nicht zusammen: Ja, Nein, Enthaltungen und Befangene ergeben zusammen die Zahl der "
                "Anwesenden, und anwesend ist nur, wer an diesem Tag dem Vorstand angehörte."
            )
        )


class ProtocolMissing(ApplicationError):
    """A meeting's resolution stands in its minutes."""

    def __init__(self) -> None:
        super().__init__(_("Bitte nennen Sie, wo der Beschluss im Protokoll steht."))


class NotDecided(ApplicationError):
    """There is nothing to take back: not decided, or taken back already."""

    def __init__(self) -> None:
        super().__init__(_("Über diesen Antrag ist nicht entschieden."))


class TooLateToReverse(ApplicationError):
    """The ten minutes are over, or the message is on its way."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Die Entscheidung kann nicht mehr rückgängig gemacht werden: Die zehn Minuten sind vorbei, oder die "
                "Nachricht ist schon unterwegs."
            )
        )


class NoteEmpty(ApplicationError):
    """A note without words."""

    def __init__(self) -> None:
        super().__init__(_("Bitte schreiben Sie etwas."))


class LetterNotWaiting(ApplicationError):
    """Posted or taken back already, or not to be posted yet."""

    def __init__(self) -> None:
        super().__init__(_("Dieser Brief ist schon verschickt oder zurückgenommen, oder er darf noch nicht hinaus."))


class PostedImplausible(ApplicationError):
    """A day to come, or before the letter was written."""

    def __init__(self) -> None:
        super().__init__(_("Das Datum liegt in der Zukunft oder vor dem Tag, an dem der Brief entstand."))


class NotOnBoard(ApplicationError):
    """Only who sits on the board today decides."""

    def __init__(self) -> None:
        super().__init__(_("Über Anträge entscheidet nur, wer zurzeit dem Vorstand angehört."))


class PapersMissing(ApplicationError):
    """Acceptance before everything has come; ``missing`` holds the sentences."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(
            _("Der Antrag kann noch nicht angenommen werden. %(missing)s") % {"missing": " ".join(missing)}
        )


class ImplausibleDate(ApplicationError):
    """A day in the future, or before the application was submitted."""

    def __init__(self) -> None:
        super().__init__(_("Das Datum liegt in der Zukunft oder vor dem Tag, an dem der Antrag gestellt wurde."))


class PapersCameLater(ApplicationError):
    """On the day of the meeting the signed papers were not there."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _(
                "Am Tag der Sitzung lag noch nicht alles vor, was unterschrieben sein muss: Das Letzte ist vom "
                "%(day)s. Bitte prüfen Sie das Datum; aufnehmen kann der Vorstand erst von da an."
            )
            % {"day": date_format(day, "j. F Y")}
        )


class FormNotAccepted(ApplicationError):
    """The association does not take applications in this form."""

    def __init__(self) -> None:
        super().__init__(_("In dieser Form nimmt der Verein Anträge nicht an."))


class NoSuchEdition(ApplicationError):
    """The paper has not had so many editions."""

    def __init__(self) -> None:
        super().__init__(_("Diese Fassung des Papiers gibt es nicht. Bitte prüfen Sie das Prüfzeichen."))


class ScanNotAccepted(ApplicationError):
    """The association takes no scans, or none from applicants."""

    def __init__(self) -> None:
        super().__init__(
            _("Der Verein nimmt keine Scans an. Bitte schicken Sie den unterschriebenen Antrag mit der Post.")
        )


class UploadedTooOften(ApplicationError):
    """Nobody may fill the disk."""

    def __init__(self) -> None:
        super().__init__(_("Zu diesem Antrag wurden schon sehr viele Dateien hochgeladen. Bitte sprechen Sie uns an."))

    @property
    def for_staff(self) -> str:
        """What the office can do instead."""
        return _(
            "Zu diesem Antrag hat die Geschäftsstelle schon zwanzig Dateien hinzugefügt; mehr nimmt das Portal nicht "
            "an. Bitte bewahren Sie das Papier auf."
        )


class NoSuchRow(ApplicationError):
    """Only a group has rows to sign, numbered from one."""

    def __init__(self) -> None:
        super().__init__(_("Diese Zeile gibt es auf dem Antrag nicht."))


class SignatureIncomplete(ApplicationError):
    """A signature needs a name and a day."""

    def __init__(self) -> None:
        super().__init__(_("Zu einer Unterschrift gehören der Name in Druckbuchstaben und das Datum."))


class ContactMayNotSign(ApplicationError):
    """The association's setting keeps the contact person out of the five."""

    def __init__(self) -> None:
        super().__init__(
            _("Die Kontaktperson zählt nach den Regeln des Vereins nicht zu den fünf Mitunterzeichnenden.")
        )


class BecameMember(ApplicationError):
    """The application led to a membership, which rests on it."""

    def __init__(self) -> None:
        super().__init__(_("Aus diesem Antrag wurde eine Mitgliedschaft. Er wird so lange gebraucht, wie sie besteht."))
