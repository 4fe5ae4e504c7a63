"""Secret links in mails: signed, for one purpose, valid for one generation.

Nothing of a link is stored but its generation (a small number beside the object); raising it voids all earlier links.
A token is 44 URL-safe characters: 8 bytes of masked object key, 25 bytes of HMAC-SHA-256.
"""

import base64
import hmac
import re
from collections.abc import Callable, Iterable
from hashlib import sha256

from django.conf import settings

TOKEN_PATTERN = r"[A-Za-z0-9_-]{44}"  # noqa: S105 - the form of a token, not a token
KEY_BYTES = 8
SIGNATURE_BYTES = 25


class TokenConverter:
    """Tokens in addresses: ``path("…/<token:token>/", …)``; anything else is no such address."""

    regex = TOKEN_PATTERN

    def to_python(self, value: str) -> str:
        """Take it as it is; ``read_token`` judges it."""
        return value

    def to_url(self, value: str) -> str:
        """Put it into the address as it is."""
        return value


class UnknownLink(LookupError):
    """The link is altered, made for another purpose, of an earlier generation, or of an object that is gone."""


def make_token(purpose: str, object_id: int, generation: int) -> str:
    """Return the token of a link to ``object_id`` for ``purpose``."""
    signature = _signature(purpose, object_id, generation)
    masked = _mask(object_id.to_bytes(KEY_BYTES, "big"), purpose, signature)
    return base64.urlsafe_b64encode(masked + signature).decode("ascii")


def read_token(purpose: str, token: str, *, generation_of: Callable[[int], int | None]) -> int:
    """Return the key of the object the token was made for.

    ``generation_of`` gives the object's present generation, or None when there is no such object. Raises UnknownLink
    for everything that is not exactly the token of the present generation; the answer does not say why.
    """
    return _read(purpose, token, lambda key: [generation_of(key)])[0]


def read_any_generation(purpose: str, token: str, *, newest_of: Callable[[int], int | None]) -> tuple[int, int]:
    """Return the object's key and the generation, from 1 on, that the token was made for, superseded ones too.

    For links whose readers are told why theirs does not work any more. Raises UnknownLink as :func:`read_token` does.
    """
    return _read(purpose, token, lambda key: range(newest_of(key) or 0, 0, -1))


def _read(purpose: str, token: str, generations_of: Callable[[int], Iterable[int | None]]) -> tuple[int, int]:
    if not re.fullmatch(TOKEN_PATTERN, token):
        raise UnknownLink
    raw = base64.urlsafe_b64decode(token)
    masked, signature = raw[:KEY_BYTES], raw[KEY_BYTES:]
    object_id = int.from_bytes(_mask(masked, purpose, signature), "big")
    # An altered token unmasks to a huge number: no database has such a key, and SQLite cannot even be asked for it.
    generations = generations_of(object_id) if object_id < 2**63 else []
    for generation in generations:
        expected = _signature(purpose, object_id, -1 if generation is None else generation)
        if hmac.compare_digest(signature, expected) and generation is not None:
            return object_id, generation
    raise UnknownLink


def _signature(purpose: str, object_id: int, generation: int) -> bytes:
    message = f"link\n{purpose}\n{object_id}\n{generation}".encode()
    return hmac.digest(settings.LINK_KEY.encode(), message, sha256)[:SIGNATURE_BYTES]


def _mask(key: bytes, purpose: str, signature: bytes) -> bytes:
    """Hide (or show again) the object's key, so that links do not count applications."""
    pad = hmac.digest(settings.LINK_KEY.encode(), b"mask\n" + purpose.encode() + b"\n" + signature, "sha256")
    return bytes(a ^ b for a, b in zip(key, pad, strict=False))
