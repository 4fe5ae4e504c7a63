"""Markdown becomes the HTML that Wagtail's editor keeps."""

import re
from collections.abc import Callable

import markdown

PAGE_LINK = re.compile(r'<a href="page:([\w-]+)">')
# What Wagtail's editor writes itself: the first save by an editor then changes nothing but what they changed.
EDITOR_TAGS = (("<strong>", "<b>"), ("</strong>", "</b>"), ("<em>", "<i>"), ("</em>", "</i>"))


def rich_text(text: str, *, page_key: Callable[[str], int]) -> str:
    """Return ``text`` (Markdown) as rich text; ``[…](page:slug)`` becomes a link to the page ``page_key(slug)``."""
    html = markdown.markdown(text.strip(), extensions=["sane_lists"], output_format="html")
    html = PAGE_LINK.sub(lambda match: f'<a linktype="page" id="{page_key(match[1])}">', html)
    html = html.replace(">\n<", "><").replace("\n", " ")
    for written, kept in EDITOR_TAGS:
        html = html.replace(written, kept)
    return html
