import pytest
from django.template.loader import render_to_string
from wagtail.blocks import Block, RawHTMLBlock, StructBlock
from wagtail.embeds.blocks import EmbedBlock

from home.models import HomePage
from pages.blocks import SHORT_TEXT_FEATURES, TEXT_FEATURES, ContentBlocks
from pages.models import AboutPage, ActivitiesPage


def kinds() -> dict[str, Block]:
    """All kinds of block that an editor is offered, by name."""
    streams = [
        ContentBlocks(),
        AboutPage._meta.get_field("timeline").stream_block,
        ActivitiesPage._meta.get_field("principles").stream_block,
        HomePage._meta.get_field("ways").stream_block,
    ]
    return {name: block for stream in streams for name, block in stream.child_blocks.items()}


# What each preview shows.
SAMPLES = {
    "text": "<h2>Zwischenüberschrift</h2>",
    "quote": "„Das Quartier ist die Ressource.“",
    "notice": "Gut zu wissen",
    "questions": "Wer kann mitmachen?",
    "table": "<caption>Beispiel einer Tabelle</caption>",
    "milestone": "7. Dezember 2000",
    "principle": "Forum",
    "picture": "Ein Satz, der sagt, was das Bild zeigt.",
    "downloads": "Zum Herunterladen",
    "links": "Woher der Verein kommt.",
    "contact": "01234 Musterstadt",
    "way": "Wer mitmachen kann und wie es geht.",
}


def descendants(block: Block) -> list[Block]:
    children = list(getattr(block, "child_blocks", {}).values())
    child = getattr(block, "child_block", None)
    found = children + ([child] if child else [])
    return [block, *(inner for outer in found for inner in descendants(outer))]


def test_there_are_twelve_kinds() -> None:
    assert list(kinds()) == [
        "text",
        "picture",
        "quote",
        "notice",
        "downloads",
        "links",
        "questions",
        "table",
        "contact",
        "milestone",
        "principle",
        "way",
    ]


@pytest.mark.parametrize("name", list(kinds()))
def test_each_kind_has_label_description_icon_and_preview(name: str) -> None:
    block = kinds()[name]

    assert str(block.label) != name
    assert block.get_description()
    assert block.meta.icon not in ("", "placeholder")
    assert block.is_previewable


@pytest.mark.parametrize("name", list(SAMPLES))
def test_each_preview_shows_its_sample_in_german(name: str, site) -> None:
    block = kinds()[name]
    value = block.normalize(block.get_preview_value())
    context = block.get_preview_context(value, {"bound_block": block.bind(value)})

    html = render_to_string(block.get_preview_template(value, context), context)

    assert SAMPLES[name] in html


def test_no_kind_takes_html_or_calls_other_hosts() -> None:
    forbidden = (RawHTMLBlock, EmbedBlock)

    assert [b for block in kinds().values() for b in descendants(block) if isinstance(b, forbidden)] == []
    assert set(TEXT_FEATURES) | set(SHORT_TEXT_FEATURES) == {"h2", "h3", "bold", "italic", "ol", "ul", "link"}


def test_every_field_of_a_block_has_a_german_label() -> None:
    unlabeled = [
        f"{kind}.{name}"
        for kind, block in kinds().items()
        for inner in descendants(block)
        if isinstance(inner, StructBlock)
        for name, child in inner.child_blocks.items()
        if not child.meta.label
    ]

    assert unlabeled == []
