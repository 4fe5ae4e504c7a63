"""From an address to its page by the snapshot of the public tree: one query, however deep the page lies."""

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import re_path
from wagtail import urls as wagtail_urls
from wagtail import views
from wagtail.url_routing import RouteResult

from portal.delivery import tree as public_tree
from portal.delivery.snapshot import snapshot
from portal.delivery.tree import Node


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a page as Wagtail does, only that the way to it is known already.

    Nothing is decided here: Wagtail's hooks still check restrictions, and the page itself whether it is live. Drafts,
    restricted pages and unknown addresses are found, or not found, by Wagtail starting at the public page above them.
    """
    node = snapshot().part(public_tree.PART).nearest(request.path)
    if node is not None:
        # Where Wagtail keeps its own finding; what stands there is not looked up again.
        request._wagtail_route_for_request = _route(request, node)  # type: ignore[attr-defined]
    return views.serve(request, path)


def _route(request: HttpRequest, node: Node) -> RouteResult | None:
    page = apps.get_model(node.model).objects.filter(pk=node.pk).first()
    below = [step for step in request.path.removeprefix(node.url).split("/") if step]
    try:
        return page.route(request, below) if page else None
    except Http404:
        return None


urlpatterns = [
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]
