"""What the frame and the components of public pages need in templates."""

import json
import re
from base64 import b64encode
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Textarea
from django.forms.widgets import ChoiceWidget, FileInput, Select
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal import city_blocks as motif
from portal.delivery.snapshot import snapshot

register = template.Library()

# Data blocks are not executed, but `</script>` would end them, and `<!--` would swallow what follows.
JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

PLACE_IN_LAW = re.compile(r"(§|\b(?:Art|Abs|Nr)\.|\b(?:Artikel|Absatz|Satz|Nummer))\s(?=\d)")


@register.simple_tag
@lru_cache(maxsize=512)
def city_blocks(name: str, width: int = 160, height: int = 100) -> SafeString:
    """Draw the quarter of ``name`` (see portal.city_blocks); the drawing holds nothing of the name itself."""
    return mark_safe(motif.draw_quarter(str(name), width=width, height=height))  # noqa: S308 - digits only


@register.simple_tag
def quarter_address(name: str, width: int, height: int) -> SafeString:
    """Return the quarter of ``name`` as a ``data:`` address, for style sheets of PDFs."""
    drawing = motif.quarter_file(str(name), width=width, height=height)
    return mark_safe(f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}")  # noqa: S308 - no markup


@register.simple_tag
def city_street(name: str) -> list[tuple[int, str]]:
    """Return the street of ``name`` (portal.city_blocks.street), for mails."""
    return motif.street(str(name))


@register.simple_tag(takes_context=True)
def kept(context: template.Context, template_name: str) -> SafeString:
    """Render a part of the frame once per content version, language and place in the menu; it reads ``shell`` alone."""
    shell = context.get("shell")
    if not shell:
        return SafeString()
    engine = context.template.engine  # type: ignore[union-attr]

    def make() -> SafeString:
        return engine.get_template(template_name).render(template.Context({"shell": shell}))

    return snapshot().fragment((template_name, get_language(), shell.place_in_menu), make)


@register.filter(is_safe=True)
def keep_together(text: str) -> str:
    """Let no line end between a sign or word for a place in the law and its number, as in „§ 18 Abs. 2“."""
    return PLACE_IN_LAW.sub("\\1\N{NO-BREAK SPACE}", str(text))


class CaptureNode(template.Node):
    """Renders what stands between the tags, puts it into a variable and shows nothing."""

    def __init__(self, nodelist: template.NodeList, variable: str) -> None:
        # Named as Django looks for it: blocks inside can be overridden like any other.
        self.nodelist = nodelist
        self.variable = variable

    def render(self, context: template.Context) -> SafeString:
        context[self.variable] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - rendered above
        return SafeString()


@register.tag
def capture(parser: template.base.Parser, token: template.base.Token) -> CaptureNode:
    """``{% capture as NAME %}…{% endcapture %}``: use a block's text more than once."""
    words = token.split_contents()
    if len(words) != 3 or words[1] != "as":
        raise template.TemplateSyntaxError("capture is written {% capture as NAME %}")
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, words[2])


@register.filter
def field_kind(field: BoundField) -> str:
    """Name a field's layout: checkbox, group (of choices), parts (of one value), select, textarea, file or text."""
    widget = field.field.widget
    if field.use_fieldset:
        return "group" if isinstance(widget, ChoiceWidget) else "parts"
    kinds = ((CheckboxInput, "checkbox"), (Select, "select"), (Textarea, "textarea"), (FileInput, "file"))
    return next((kind for kind_of_widget, kind in kinds if isinstance(widget, kind_of_widget)), "text")


def json_for_html(data: Any) -> SafeString:
    """Return ``data`` as JSON that is safe between script tags."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    return mark_safe(text.translate(JSON_ESCAPES))  # noqa: S308 - escaped above


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString:
    """Return the page's JSON-LD: organization, breadcrumbs and what the page says about itself."""
    shell, page = context.get("shell"), context.get("page")
    items = list(shell.structured_data) if shell else []
    describe = getattr(page, "structured_data", None)
    if describe:
        items += describe()
    if not items:
        return SafeString()
    graph = {"@context": "https://schema.org", "@graph": items}
    return mark_safe(f'<script type="application/ld+json">{json_for_html(graph)}</script>')  # noqa: S308 - escaped
