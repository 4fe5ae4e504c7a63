"""Pictures in templates."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from library.models import Picture, Rendition
from library.sizes import USES, files_of

register = template.Library()


@register.simple_tag
def responsive_picture(picture: Picture, use: str, *, css: str = "", alt: str | None = None) -> SafeString:
    """Show ``picture`` in the sizes of its ``use`` (library.sizes), loaded when it comes near, its room kept free.

    ``alt`` replaces the picture's own alternative text, for teasers whose heading says it already.
    """
    shown = USES[use]
    files = files_of(picture, shown)
    kinds = list(files)
    fallback = files[kinds[-1]]
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((kind, srcset(files[kind]), shown.sizes) for kind in kinds[:-1]),
    )
    srcset_of_fallback = srcset(fallback) if len(kinds) > 1 else ""
    image = format_html(
        '<img src="{}"{} width="{}" height="{}" alt="{}" loading="lazy" decoding="async"{}>',
        fallback[-1].url,
        format_html(' srcset="{}" sizes="{}"', srcset_of_fallback, shown.sizes) if srcset_of_fallback else "",
        fallback[-1].attrs_dict["width"],
        fallback[-1].attrs_dict["height"],
        picture.default_alt_text if alt is None else alt,
        format_html(' class="{}"', css) if css else "",
    )
    return format_html("<picture>{}{}</picture>", sources, image) if sources else image


def srcset(files: list[Rendition]) -> str:
    """Return the files with their widths, as browsers choose from them; a small picture has fewer."""
    by_width = {file.width: file.url for file in files}
    return ", ".join(f"{url} {width}w" for width, url in by_width.items())
