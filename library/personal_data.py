"""What pictures and documents hold about people."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.catalogue import Basis, Reader, declare_not_personal, declare_personal


def declare() -> None:
    """Declare who uploaded what, and whose name stands beside a picture."""
    for model in ("library.LibraryDocument", "library.Picture"):
        declare_personal(
            model,
            ("uploaded_by_user",),
            subjects=_("Personen mit Zugang"),
            purpose=_("Nachvollziehen, wer eine Datei hochgeladen hat"),
            basis=Basis.INTEREST,
            retention=_("So lange wie die Datei"),
            readers=(Reader.EDITORS, Reader.TECHNICIANS),
        )
    declare_personal(
        "library.Picture",
        ("credit",),
        subjects=_("Fotografinnen und Fotografen"),
        purpose=_("Nennung am Bild (§ 13 UrhG)"),
        basis=Basis.DUTY,
        retention=_("So lange wie das Bild"),
        readers=(Reader.PUBLIC,),
    )
    for model in ("LibraryDocument", "Picture", "Rendition", "Download", "DownloadVersion", "RenderedFile"):
        declare_not_personal(f"library.{model}", reason="content of the site, published by editors")
