"""What search engines ask for: robots.txt and sitemap.xml, both from the snapshot of the public tree."""

from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from home.navigation import absolute, language_links
from portal.delivery import tree as public_tree
from portal.delivery.public_answers import declare_public
from portal.delivery.snapshot import snapshot
from portal.delivery.tree import Node, Tree

SITEMAP = "sitemap"
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of the admin and show them the sitemap.

    While the site is not live its pages say ``noindex`` themselves: a crawler that may not read them would never know.
    """
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return declare_public(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page with its other languages; collected once per content version."""
    return declare_public(HttpResponse(snapshot().part(SITEMAP), content_type="application/xml; charset=utf-8"))


def build_sitemap() -> bytes:
    """Return sitemap.xml of the public tree."""
    tree: Tree = snapshot().part(public_tree.PART)
    site = escape(absolute(""))
    urls = "".join([_describe(node, tree, site) for node in tree])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACES}>\n{urls}</urlset>\n'.encode()


def _describe(node: Node, tree: Tree, site: str) -> str:
    changed = f"<lastmod>{node.changed_at[:10]}T{node.changed_at[11:19]}Z</lastmod>" if node.changed_at else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(link.code)} href={quoteattr(link.absolute_url)}/>'
        for link in language_links(node, tree)
    )
    return f"<url><loc>{site}{escape(node.url)}</loc>{changed}{links}</url>\n"
