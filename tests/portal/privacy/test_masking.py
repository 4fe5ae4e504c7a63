"""Masked bank data: enough to recognize, not enough to use."""

import pytest

from portal.privacy.masking import mask_iban, mask_name


@pytest.mark.parametrize(
    ("iban", "masked"),
    [
        ("DE89370400440532013000", "DE89 •••• •••• •••• ••30 00"),
        ("de89 3704 0044 0532 0130 00", "DE89 •••• •••• •••• ••30 00"),
        ("NO9386011117947", "NO93 •••• •••7 947"),
        ("DE893704", "••••••••"),
        ("DE", "••"),
        ("", ""),
    ],
)
def test_mask_iban(iban, masked):
    assert mask_iban(iban) == masked


@pytest.mark.parametrize(
    ("name", "masked"), [("Mara Muster", "M••• M•••"), (" Verein  Beispiel e. V.", "V••• B••• e••• V•••"), ("", "")]
)
def test_mask_name(name, masked):
    assert mask_name(name) == masked
