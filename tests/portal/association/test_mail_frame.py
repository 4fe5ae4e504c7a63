"""Whose mails these are: the association's particulars, without empty lines."""

import pytest

from portal.association.mail_frame import mail_frame
from portal.association.models import AssociationSettings
from tests.factories.association import FULL_NAME, set_association


@pytest.mark.django_db
def test_the_frame_names_the_association():
    set_association(register_court="Amtsgericht Chemnitz", register_number="VR 1234")

    assert mail_frame() == {
        "sender_name": "LAG Sachsen",
        "association_name": FULL_NAME,
        "imprint_lines": [
            FULL_NAME,
            "Brückenstraße 1, 09111 Chemnitz",
            "Amtsgericht Chemnitz, VR 1234",
            "post@lag-sachsen.test · 0371 123456",
        ],
        "reply_to": "post@lag-sachsen.test",
    }


@pytest.mark.django_db
def test_what_is_empty_gives_no_line():
    AssociationSettings.load()

    assert mail_frame() == {"sender_name": "", "association_name": "", "imprint_lines": [], "reply_to": ""}
