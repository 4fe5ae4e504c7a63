"""Where mails go when no mail server is meant to get them."""

from django.core.mail.backends.filebased import EmailBackend as FileBackend


class FolderBackend(FileBackend):
    """Write each mail as a file into ``EMAIL_FILE_PATH``."""
