"""Sealing texts with AES-GCM. A sealed text reads ``key id:base64(nonce + ciphertext)``.

``settings.DATA_KEYS`` lists ``id:key`` pairs (the key as base64 of 32 bytes). The first one seals, every one opens, so
a new key is put in front and the old one stays until ``rotate_data_keys`` has sealed everything anew.
"""

import base64
import binascii
import os
import re
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class UnknownDataKey(LookupError):
    """A value was sealed with a key that DATA_KEYS no longer (or not yet) holds."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"Der Schlüssel „{key_id}“ fehlt in PORTAL_DATA_KEYS: Damit verschlüsselte Daten sind nicht lesbar."
        )


class DamagedSeal(ValueError):
    """A sealed value was changed, cut, or moved to another column."""

    def __init__(self) -> None:
        super().__init__("Ein verschlüsselter Wert ist beschädigt oder gehört an eine andere Stelle.")


def seal(text: str, *, context: str) -> str:
    """Return ``text`` sealed with the first key; it opens in the same ``context`` (table and column) only."""
    keys = data_keys()
    key_id = next(iter(keys))
    nonce = os.urandom(NONCE_BYTES)
    ciphertext = AESGCM(keys[key_id]).encrypt(nonce, text.encode(), context.encode())
    return f"{key_id}:{base64.b64encode(nonce + ciphertext).decode('ascii')}"


def unseal(sealed: str, *, context: str) -> str:
    """Return the text. Raises UnknownDataKey, or DamagedSeal for anything else that does not open."""
    key_id, separator, encoded = sealed.partition(":")
    if not separator or not KEY_ID.fullmatch(key_id):
        raise DamagedSeal
    key = data_keys().get(key_id)
    if key is None:
        raise UnknownDataKey(key_id)
    try:
        raw = base64.b64decode(encoded, validate=True)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()
    except (binascii.Error, InvalidTag, ValueError):
        # The original error is dropped on purpose: nothing of the value may travel in a traceback.
        raise DamagedSeal from None


def key_id_of(sealed: str) -> str:
    """Return the id of the key that sealed the value."""
    return sealed.partition(":")[0]


def data_keys() -> dict[str, bytes]:
    """Return the keys by id, the sealing one first; raises ImproperlyConfigured in one German sentence."""
    return parse_keys(tuple(settings.DATA_KEYS))


@lru_cache(maxsize=4)
def parse_keys(pairs: tuple[str, ...]) -> dict[str, bytes]:
    """Return the keys of ``id:key`` pairs in their order; raises ImproperlyConfigured in one German sentence."""
    keys = dict(_parse_pair(pair) for pair in pairs)
    if not keys or len(keys) != len(pairs):
        raise ImproperlyConfigured("PORTAL_DATA_KEYS nennt keinen Schlüssel oder einen Namen zweimal.")
    return keys


def _parse_pair(pair: str) -> tuple[str, bytes]:
    key_id, _separator, encoded = pair.strip().partition(":")
    try:
        key = base64.b64decode(encoded.translate(str.maketrans("-_", "+/")), validate=True)
    except binascii.Error:
        key = b""
    if not KEY_ID.fullmatch(key_id) or len(key) != KEY_BYTES:
        raise ImproperlyConfigured(
            "PORTAL_DATA_KEYS muss aus Paaren NAME:SCHLÜSSEL bestehen, der Schlüssel aus 32 Bytes in Base64."
        )
    return key_id, key
