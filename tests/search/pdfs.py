"""Small PDFs with text, for tests."""

import io

import pikepdf


def pdf_with(*pages: str, encryption: pikepdf.Encryption | None = None) -> bytes:
    """Return a PDF of one page per text."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for text in pages:
        page = document.add_blank_page()
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        lines = b" T* ".join(b"(" + line.encode("latin-1") + b") Tj" for line in text.split("\n"))
        page.obj.Contents = document.make_stream(b"BT /F1 12 Tf 14 TL 72 720 Td " + lines + b" ET")
    content = io.BytesIO()
    document.save(content, encryption=encryption or False)
    return content.getvalue()
