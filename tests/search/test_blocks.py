"""Every text of every block is found, and nothing that readers do not see."""

from collections.abc import Iterator
from datetime import date

import pytest
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from home.models import HomePage
from library.blocks import DownloadChooserBlock
from pages.blocks import ContactBlock, MilestoneBlock, NoticeBlock
from pages.models import AboutPage, ActivitiesPage, StandardPage
from portal.association.models import AssociationSettings
from tests.factories.library import DownloadFactory
from tests.factories.pages import add_page

# Each stream of blocks with a kind of page that has it.
STREAMS = {"body": StandardPage, "timeline": AboutPage, "principles": ActivitiesPage, "ways": HomePage}
# No two of them alike, so that none is taken for another's typing error.
ANIMALS = ["Okapi", "Giraffe", "Nashorn", "Zebra", "Flamingo", "Krokodil", "Schildkröte", "Pinguin", "Leguan"]
WITHOUT_TEXT = {blocks.DateBlock: date(2000, 12, 7), ImageChooserBlock: None}


def blocks_of_streams() -> list[tuple[str, str]]:
    """Return each stream with the name of each of its blocks."""
    return [(stream, name) for stream in STREAMS for name in block_stream(stream).child_blocks]


def block_stream(stream: str) -> blocks.StreamBlock:
    return STREAMS[stream]._meta.get_field(stream).stream_block


def filled(block: blocks.Block, words: Iterator[str], home: HomePage) -> object:
    """Return a value of ``block`` with one word in each of its texts; a kind of block without an answer fails."""
    match block:
        case blocks.StructBlock():
            return {name: filled(child, words, home) for name, child in block.child_blocks.items()}
        case blocks.ListBlock():
            return [filled(block.child_block, words, home)]
        case TypedTableBlock():
            columns = [{"type": name, "heading": next(words)} for name in block.child_blocks]
            cells = [child.get_prep_value(filled(child, words, home)) for child in block.child_blocks.values()]
            return block.to_python({"columns": columns, "rows": [{"values": cells}], "caption": ""})
        case blocks.RichTextBlock():
            return block.to_python(f"<p>{next(words)}</p>")
        case blocks.ChoiceBlock():
            return block.field.choices[-1][0]
        case blocks.CharBlock() | blocks.TextBlock():
            return next(words)
        case blocks.PageChooserBlock():
            return home
        case DownloadChooserBlock():
            return DownloadFactory(name="gehege", title=next(words))
    return WITHOUT_TEXT[type(block)]


@pytest.mark.parametrize(("stream", "name"), blocks_of_streams())
def test_each_text_of_a_block_is_found(site, found, stream, name):
    used: list[str] = []
    words = (used.append(word) or word for word in ANIMALS)
    value = filled(block_stream(stream).child_blocks[name], words, site.root_page)
    page = add_page(site.root_page, STREAMS[stream](title="Gehege", **{stream: [(name, value)]}))
    assert used
    assert [word for word in used if page.url not in found(word)] == []


def test_a_contact_block_follows_the_settings(site, found):
    page = add_page(site.root_page, StandardPage(title="Gehege", body=[("contact", {"heading": ""})]))
    settings = AssociationSettings.load()
    settings.street, settings.city, settings.phone = "Lurchgasse 7", "Molchstadt", "0371 987650"
    settings.email = "olm@example.org"
    settings.save()
    queries = ["Lurchgasse", "Molchstadt", "987650", "olm@example.org"]
    assert [query for query in queries if page.url not in found(query)] == []


def test_what_only_editors_see_is_not_searched(site):
    notice = NoticeBlock().to_python({"kind": "warning", "title": "Achtung", "text": "<p>Glatteis</p>"})
    assert NoticeBlock().get_searchable_content(notice) == ["Achtung", "Glatteis"]
    milestone = {"date": "2000-12-07", "precision": "day", "title": "Gründung", "text": "<p>In Chemnitz</p>"}
    assert MilestoneBlock().get_searchable_content(MilestoneBlock().to_python(milestone)) == ["Gründung", "In Chemnitz"]


def test_a_contact_block_without_an_address_has_no_name(site):
    settings = AssociationSettings.load()
    settings.street = settings.postcode = settings.city = settings.phone = ""
    settings.email = "olm@example.org"
    settings.save()
    value = ContactBlock().to_python({"heading": "So erreichen Sie uns"})
    assert ContactBlock().get_searchable_content(value) == ["So erreichen Sie uns", "olm@example.org"]
