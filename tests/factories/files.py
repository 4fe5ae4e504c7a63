"""Files as people send them: scans, photos, and what nobody should send. Made when asked for, nothing lies here."""

import io
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

# Where a camera was: a real tag block, 51°3' north, 13°44' east.
GPS_BLOCK = 0x8825
GPS = {1: "N", 2: (51.0, 3.0, 0.0), 3: "E", 4: (13.0, 44.0, 0.0)}
ORIENTATION = 0x0112
TURNED_RIGHT = 6


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    """Return the bytes of ``pdf``."""
    content = io.BytesIO()
    pdf.save(content, **options)  # type: ignore[arg-type]
    return content.getvalue()


def make_pdf(pages: int = 1, *, root: dict[str, object] | None = None) -> bytes:
    """Return a PDF of empty pages; ``root`` adds to its catalog."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        for key, value in (root or {}).items():
            pdf.Root[key] = value
        return saved(pdf)


def make_photo(size: tuple[int, int] = (60, 90), *, kind: str = "JPEG", with_place: bool = False) -> bytes:
    """Return a picture, red above and white below; ``with_place`` adds where and how the camera was held."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0], size[1] // 2))
    target = io.BytesIO()
    exif = Image.Exif()
    if with_place:
        exif[ORIENTATION] = TURNED_RIGHT
        exif[0x010F] = "Beispielkamera"
        exif.get_ifd(GPS_BLOCK).update(GPS)
    picture.save(target, kind, exif=exif)
    return target.getvalue()


def make_huge_png(side: int = 30_000) -> bytes:
    """Return a PNG of ``side`` × ``side`` white pixels in a few kilobytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + name + content + check

    header = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((side + 7) // 8)
    lines = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def make_encrypted_pdf(password: str) -> bytes:
    """Return a PDF that asks for a password, or with an empty one does not, but is encrypted all the same."""
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        return saved(pdf, encryption=pikepdf.Encryption(owner="geheim", user=password))


def make_pdf_with_file() -> bytes:
    """Return a PDF with a file within it."""
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        pdf.attachments["rechnung.txt"] = b"Muster"
        return saved(pdf)


def with_script(content: bytes) -> bytes:
    """Return the PDF with a program that runs when it is opened."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.Root.OpenAction = SCRIPT
        return saved(pdf)


def action(kind: str, **more: object) -> Dictionary:
    """Return an action of a PDF."""
    return Dictionary(S=Name(f"/{kind}"), **more)


SCRIPT = action("JavaScript", JS=String("app.alert('Muster')"))
LAUNCH = action("Launch", F=String("programm.exe"))


def make_pdf_with_button(what: Dictionary) -> bytes:
    """Return a PDF with a place on its page that does ``what`` when it is clicked."""
    with pikepdf.open(io.BytesIO(make_pdf())) as pdf:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=what)
        pdf.pages[0].obj.Annots = Array([link])
        return saved(pdf)
