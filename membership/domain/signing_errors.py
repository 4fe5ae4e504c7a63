"""Why a step with co-signatories was refused, each with the German sentence that people read."""

from django.utils.translation import gettext as _

from membership.domain.errors import ApplicationError
from membership.enums import LinkState
from membership.fields import MOST_SIGNATURES


class LinkClosed(ApplicationError):
    """The link does not lead to a confirmation any more; ``state`` says why."""

    def __init__(self, state: LinkState) -> None:
        self.state = state
        super().__init__(str(state.label))


class ContentChanged(ApplicationError):
    """What the person read is not what the application says now."""

    def __init__(self) -> None:
        super().__init__(_("Der Antrag wurde geändert, während die Seite offen war. Bitte lesen Sie ihn noch einmal."))


class OtherName(ApplicationError):
    """The name typed is not the name of the person who was invited: a link passed on, or a mistyped name."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Dieser Link gilt für eine Person mit anderem Namen. Schreiben Sie Ihren Namen so, wie er in der "
                "E-Mail steht. Hat jemand den Link an Sie weitergegeben, bitten Sie die Kontaktperson, Sie selbst "
                "einzuladen."
            )
        )


class AlreadySigned(ApplicationError):
    """The same person has confirmed already, on paper or in another row."""

    def __init__(self) -> None:
        super().__init__(
            _("Unter diesem Namen liegt zu dem Antrag schon eine Bestätigung vor. Jede Person zählt einmal.")
        )


class AlreadyGiven(ApplicationError):
    """The row carries a signature: it is neither taken back nor given to somebody else."""

    def __init__(self) -> None:
        super().__init__(_("Diese Person hat schon bestätigt. Die Zeile bleibt, wie sie ist."))


class NotInvited(ApplicationError):
    """The row carries no invitation that could be taken back."""

    def __init__(self) -> None:
        super().__init__(_("Diese Person ist zurzeit nicht eingeladen."))


class InvitationRunning(ApplicationError):
    """The row belongs to somebody whose link works: no line of paper takes it away."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Hier ist schon jemand digital eingeladen. Eintragen können Sie nur die Unterschrift dieser Person; "
                "für jemand anderen nehmen Sie bitte eine freie Zeile."
            )
        )


class KnownName(ApplicationError):
    """Another row names the same person."""

    def __init__(self, position: int) -> None:
        super().__init__(_("Diese Person steht schon in Zeile %(row)s.") % {"row": position})


class KnownAddress(ApplicationError):
    """Another row has the same mail address, which cannot confirm twice."""

    def __init__(self, position: int) -> None:
        super().__init__(
            _("Diese E-Mail-Adresse steht schon in Zeile %(row)s. Jede Person braucht eine eigene.") % {"row": position}
        )


class TooManyCosigners(ApplicationError):
    """All rows are taken."""

    def __init__(self) -> None:
        super().__init__(
            _("Mehr als %(most)s Personen sind nicht möglich. Sie können aber Personen ersetzen.")
            % {"most": MOST_SIGNATURES}
        )


class DigitalNotAccepted(ApplicationError):
    """The association has not switched digital confirmation on, or has switched it off."""

    def __init__(self) -> None:
        super().__init__(_("Der Verein nimmt Bestätigungen zurzeit nur auf Papier an."))


class NoAddress(ApplicationError):
    """Nobody can be invited by mail without an address."""

    def __init__(self) -> None:
        super().__init__(_("Zu dieser Person ist keine E-Mail-Adresse bekannt. Bitte ersetzen Sie den Eintrag."))


class InvitedTooOften(ApplicationError):
    """Nobody may have somebody else's mailbox filled by pressing a button."""

    def __init__(self) -> None:
        super().__init__(
            _("Diese Person haben wir schon zehnmal angeschrieben. Bitte sprechen Sie uns an, wenn nichts ankommt.")
        )
