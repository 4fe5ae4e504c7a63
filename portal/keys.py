"""Keys of an installation: given by the environment, or made once and kept in a folder only the owner can read."""

import base64
import os
import secrets
import tempfile
from pathlib import Path


def load_or_create(path: Path, *, bytes_: int = 32) -> str:
    """Return the key kept in ``path`` (URL-safe base64 of ``bytes_`` random bytes), making it on the first call.

    The file is created with mode 0600 and never overwritten: two processes that start together agree on one key.
    """
    if not path.exists():
        _create(path, base64.urlsafe_b64encode(secrets.token_bytes(bytes_)).decode("ascii"))
    return path.read_text().strip()


def _create(path: Path, key: str) -> None:
    """Write ``key`` aside and link it into place, so that nobody ever reads half a key and the first one stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes files that only their owner reads.
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(key)
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        Path(draft).unlink()
