"""The table in docs/datenschutz.md says what the catalogue says."""

from portal.places import BASE_DIR
from portal.privacy.catalogue import personal_data
from portal.privacy.table import table, with_table


def test_the_document_is_current():
    document = (BASE_DIR / "docs" / "datenschutz.md").read_text(encoding="utf-8")
    assert with_table(document) == document, "python manage.py write_privacy_table"


def test_every_entry_is_a_line_with_six_cells():
    lines = table().splitlines()[2:]
    assert len(lines) == len(personal_data())
    assert {line.count(" | ") for line in lines} == {5}
