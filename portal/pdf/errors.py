"""What can go wrong when PDFs are made or read."""


class RenderError(Exception):
    """A template asks for what a PDF of ours must not have: a file of another host, two fields of one name …"""


class UnreadablePdf(Exception):
    """The bytes are no PDF, are damaged, or are locked by a password."""
