"""Why a backup was not made or not taken back; the text is German and fit for an operator."""


class BackupError(Exception):
    """A backup that cannot be made, or an archive that is not taken back. Nothing was changed."""
