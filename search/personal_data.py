"""What the search holds about people: a query can be a name."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.catalogue import Basis, Reader, declare_not_personal, declare_personal


def declare() -> None:
    """Declare the queries without hits, and that everything else is content of the site."""
    declare_personal(
        "search.MissedQuery",
        ("text", "fingerprint"),
        subjects=_("Personen, nach deren Namen jemand auf der Website sucht"),
        purpose=_("Sehen, welche Wörter auf der Website fehlen; wer gesucht hat, wird nicht gespeichert"),
        basis=Basis.INTEREST,
        retention=_(
            "90 Tage; lesbar erst ab der dritten gleichen Suche an einem Tag, vorher nur als Prüfwert; "
            "die Redaktion löscht einen Namen, sobald sie ihn sieht"
        ),
        readers=(Reader.EDITORS, Reader.TECHNICIANS),
    )
    declare_not_personal("search.MissedQuery", ("day", "count"), reason="how often, without who looked")
    for model in ("IndexEntry", "Posting", "Word", "Synonym", "Promotion"):
        declare_not_personal(f"search.{model}", reason="public content of the site and its vocabulary")
