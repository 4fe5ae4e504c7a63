"""What a PDF promises."""

import enum


class Profile(enum.Enum):
    """The standards a rendered file keeps; veraPDF checks them in the tests."""

    #: Fixed document: PDF/A-2a (archiving) and PDF/UA-1 (accessible) in one file.
    DOCUMENT = "document"
    #: Fillable form: PDF/UA-1 with AcroForm. A form cannot keep PDF/A at the same time.
    FORM = "form"
