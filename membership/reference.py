"""The Vorgangsnummer: what applicant, office and paper use to name an application."""

import secrets

# No vowels and nothing that is misread on paper or misheard on the phone (0/O, 1/I/L, 5/S, 8/B, 2/Z).
ALPHABET = "34679CDFGHJKMNPQRTVWXY"
LENGTH = 10


def new_reference() -> str:
    """Return a fresh reference like ``A-7KQ4M-XPTC3``: ten random characters, 44 bits, no count to be read from it."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    half = LENGTH // 2
    return f"A-{characters[:half]}-{characters[half:]}"
