"""The rules of a vote in sentences, for those who vote and those who look: of what which majority counts."""

from django.utils.translation import gettext as _

from membership.voting import AbstentionRule, ConflictRule, MajorityRule, QuorumRule, Rules, TieRule


def rules_in_words(rules: Rules, *, in_meeting: bool = False) -> list[str]:
    """Return when the motion is carried, what abstentions and a tie mean, and who has to take part."""
    sentences = [_majority(rules, in_meeting=in_meeting), _abstentions(rules)]
    if rules.majority == MajorityRule.SIMPLE:
        sentences.append(_("Bei Stimmengleichheit: %(consequence)s") % {"consequence": TieRule(rules.tie).label})
    return [*sentences, _quorum(rules), _conflicts(rules)]


def why_extended(rules: Rules) -> str:
    """Return for want of which votes one by these rules goes on."""
    if rules.majority == MajorityRule.UNANIMOUS:
        return _("Sie ist einmal verlängert, weil noch nicht alle abgestimmt hatten.")
    return _("Sie ist einmal verlängert, weil zu wenige Stimmen abgegeben waren.")


def _majority(rules: Rules, *, in_meeting: bool) -> str:
    if rules.majority == MajorityRule.SIMPLE:
        return _("Angenommen ist der Antrag mit mehr Ja- als Nein-Stimmen.")
    if rules.majority == MajorityRule.TWO_THIRDS:
        return _("Angenommen ist der Antrag, wenn mindestens zwei Drittel der gezählten Stimmen Ja-Stimmen sind.")
    if in_meeting:
        return _(
            "Angenommen ist der Antrag nur mit den Ja-Stimmen aller Stimmberechtigten, auch derer, die in der Sitzung "
            "fehlen."
        )
    return _("Angenommen ist der Antrag nur mit den Ja-Stimmen aller Stimmberechtigten.")


def _abstentions(rules: Rules) -> str:
    as_no = rules.abstentions == AbstentionRule.AS_NO
    if rules.majority == MajorityRule.UNANIMOUS:
        if as_no:
            return _("Ein Nein oder eine Enthaltung lehnt ihn ab. Fehlt eine Stimme, ist nichts beschlossen.")
        return _("Ein Nein lehnt ihn ab. Enthält sich jemand oder fehlt eine Stimme, ist nichts beschlossen.")
    if as_no:
        return _("Enthaltungen zählen wie Nein-Stimmen.")
    return _("Enthaltungen zählen nicht als Stimme; gibt es nur Enthaltungen, ist nichts beschlossen.")


def _quorum(rules: Rules) -> str:
    sentence = _("Beschlussfähig ist der Vorstand, wenn von den Stimmberechtigten teilnehmen: %(share)s.")
    return sentence % {"share": QuorumRule(rules.quorum).label}


def _conflicts(rules: Rules) -> str:
    if rules.conflicts == ConflictRule.PRESENT:
        return _("Wer befangen ist, stimmt nicht mit ab, zählt für die Beschlussfähigkeit aber mit.")
    return _("Wer befangen ist, zählt nicht zu den Stimmberechtigten.")
