"""Keys of an installation: given by the environment, or made once and kept in a folder only the owner can read."""

import base64
import os
import secrets
from pathlib import Path


def load_or_create(path: Path, *, bytes_: int = 32) -> str:
    """Return the key kept in ``path`` (URL-safe base64 of ``bytes_`` random bytes), making it on the first call.

    The file is created with mode 0600 and never overwritten: two processes that start together agree on one key.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = base64.urlsafe_b64encode(secrets.token_bytes(bytes_)).decode("ascii")
    # Written aside and linked into place, so that nobody ever reads half a key.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
