"""From an address to its page by the snapshot of the public tree: one query, however deep the page lies."""

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import re_path
from wagtail import urls as wagtail_urls
from wagtail import views
from wagtail.url_routing import RouteResult

from portal.delivery import tree as public_tree
from portal.delivery.page_query import page_query
from portal.delivery.public_answers import declare_public
from portal.delivery.snapshot import snapshot
from portal.delivery.tree import Node


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a page as Wagtail does, only that the way to it is known already.

    A page of the public tree is restricted by nobody: that is what put it there, and a restriction raises the content
    version together with itself. Drafts, restricted pages and unknown addresses are found, or not found, by Wagtail
    starting at the public page above them, and its hooks check them.
    """
    node = snapshot().part(public_tree.PART).nearest(request.path)
    if node is None:
        return views.serve(request, path)
    route = _route(request, node)
    # Where Wagtail keeps its own finding; what stands there is not looked up again.
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    is_public = route is not None and route.page.pk == node.pk
    if is_public and not node.is_alias:
        # Asked by Wagtail's hook at every page: two queries for what the tree says already.
        route.page.get_view_restrictions = list  # type: ignore[union-attr]
    response = views.serve(request, path)
    return declare_public(response) if is_public else response


def _route(request: HttpRequest, node: Node) -> RouteResult | None:
    page = page_query(node.model, connection.vendor).get(node.pk)
    below = [step for step in request.path.removeprefix(node.url).split("/") if step]
    try:
        return page.route(request, below) if page else None
    except Http404:
        return None


urlpatterns = [
    *(pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]
