"""Vector pictures are programs of a kind: only drawings pass."""

import re
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse

SVG = "{http://www.w3.org/2000/svg}"
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
# fmt: off
DRAWING_ELEMENTS = (
    "svg", "g", "defs", "title", "desc", "metadata", "symbol", "use",
    "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
    "linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask",
)
# fmt: on
ELEMENTS = frozenset(SVG + name for name in DRAWING_ELEMENTS)
OWN_REFERENCE = re.compile(r"^#[\w.-]+$")
FOREIGN_URL = re.compile(r"url\(\s*['\"]?\s*(?!#)", re.IGNORECASE)


def is_harmless(source: IO[bytes]) -> bool:
    """Whether the file is a drawing and nothing else: no script, no style sheet, no event, nothing from elsewhere."""
    source.seek(0)
    try:
        root = parse(source, forbid_dtd=True).getroot()
    except (ParseError, DefusedXmlException, ValueError):
        return False
    finally:
        source.seek(0)
    return root.tag == SVG + "svg" and all(_is_harmless(element) for element in root.iter())


def _is_harmless(element: Element) -> bool:
    if element.tag not in ELEMENTS:
        return False
    for name, value in element.attrib.items():
        local_name = name.rpartition("}")[2].lower()
        if local_name.startswith("on") or FOREIGN_URL.search(value) or "javascript:" in value.lower():
            return False
        if name in HREFS and not OWN_REFERENCE.match(value):
            return False
    return True
