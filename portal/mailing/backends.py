"""Where mails go when no mail server is meant to get them: into a folder, readable by its owner only."""

import itertools
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_numbers = itertools.count(1)


class FolderBackend(BaseEmailBackend):
    """Write each mail as a file into ``EMAIL_FILE_PATH`` and say so in one line on the terminal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; returns how many."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            path = self.folder / f"{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}-{next(_numbers):04}.eml"  # noqa: DTZ005 - for people at this machine
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(message.message().as_bytes())
            # The subject names no person; the recipient would.
            sys.stderr.write(f"E-Mail „{message.subject}“ liegt in {path}\n")
            sys.stderr.flush()
        return len(email_messages)
