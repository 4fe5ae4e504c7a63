"""What a PDF from outside must not have: a password, programs, files within it, actions that start by themselves."""

import enum
import io
from collections.abc import Iterator

import pikepdf

from .limits import limit_qpdf
from .pictures import PIXELS_MOST

OBJECTS_MOST = 50_000
# Keys whose presence alone is an offence, and kinds of actions (ISO 32000-1, 12.6.4) and annotations that are.
PROGRAM_KEYS = {"/JS", "/JavaScript", "/XFA"}
PROGRAM_KINDS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMedia"}
FILE_KEYS = {"/EF", "/EmbeddedFiles"}
FILE_KINDS = {"/EmbeddedFile", "/FileAttachment", "/GoToE"}
DESTINATION = {"/GoTo"}

limit_qpdf()


class Danger(enum.Enum):
    """Why a PDF is refused."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    PROGRAM = "program"
    EMBEDDED_FILE = "embedded_file"
    OPEN_ACTION = "open_action"
    TOO_LARGE_PICTURE = "too_large_picture"


class UnsafePdf(Exception):
    """The file has what it must not have, or cannot be read."""

    def __init__(self, danger: Danger) -> None:
        self.danger = danger
        super().__init__(danger.value)


def check_pdf(content: bytes) -> int:
    """Return the number of pages; raises ``UnsafePdf``. A file that needs repair counts as damaged."""
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise UnsafePdf(Danger.ENCRYPTED)
            if len(pdf.objects) > OBJECTS_MOST:
                raise UnsafePdf(Danger.DAMAGED)
            for node in _dictionaries(pdf):
                _check_dictionary(node)
            _check_opening(pdf)
            return len(pdf.pages)
    except pikepdf.PasswordError:
        raise UnsafePdf(Danger.ENCRYPTED) from None
    except (pikepdf.PdfError, AttributeError, KeyError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise UnsafePdf(Danger.DAMAGED) from error


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary and every stream's dictionary, those no page reaches among them."""
    waiting: list[object] = [*pdf.objects, pdf.trailer]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
            yield node
            waiting.extend(each for each in node.values() if _is_direct(each))
        elif isinstance(node, pikepdf.Array):
            waiting.extend(each for each in node if _is_direct(each))


def _is_direct(node: object) -> bool:
    """Whether ``node`` lies in its parent; what is referred to comes by itself."""
    return isinstance(node, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array) and not node.is_indirect


def _check_dictionary(node: pikepdf.Object) -> None:
    keys = set(node.keys())
    kinds = {str(node.get(key)) for key in ("/S", "/Type", "/Subtype") if isinstance(node.get(key), pikepdf.Name)}
    if keys & FILE_KEYS or kinds & FILE_KINDS:
        raise UnsafePdf(Danger.EMBEDDED_FILE)
    if keys & PROGRAM_KEYS or kinds & PROGRAM_KINDS:
        raise UnsafePdf(Danger.PROGRAM)
    if "/Image" in kinds and int(node.get("/Width", 0)) * int(node.get("/Height", 0)) > PIXELS_MOST:
        raise UnsafePdf(Danger.TOO_LARGE_PICTURE)


def _check_opening(pdf: pikepdf.Pdf) -> None:
    """Let the file open at one of its own places and do nothing else."""
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary):
        if str(opening.get("/S")) not in DESTINATION or "/Next" in opening:
            raise UnsafePdf(Danger.OPEN_ACTION)
        opening = opening.get("/D")
    # A destination is a list or the name of one; whatever else happens by itself is in /AA.
    if "/AA" in pdf.Root or any("/AA" in page.obj for page in pdf.pages):
        raise UnsafePdf(Danger.OPEN_ACTION)
    if opening is not None and not isinstance(opening, pikepdf.Array | pikepdf.Name | pikepdf.String):
        raise UnsafePdf(Danger.OPEN_ACTION)
