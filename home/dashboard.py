"""The editors' panels on the admin's first page."""

from typing import Any

from django.db.models import Q
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from library.models import Picture
from pages.models import BasePage
from portal.association.going_live import open_points

ROWS = 8
# Wagtail's panels that say little here or speak of its makers.
UNWANTED_PANELS = {"whats_new_in_wagtail_version", "upgrade_notification", "recent_edits"}


class OpenPointsPanel(Component):
    """What has to be done before the site goes live, one's own part first; gone when nothing is left."""

    name = "open_points"
    order = 75  # after the applications that wait
    template_name = "home/admin/open_points.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        points = open_points()
        own = [point for point in points if point.may_do(user)]
        return {"count": len(points), "own": own, "others": [point for point in points if point not in own]}


class MissingPanel(Component):
    """What published pages and pictures lack."""

    name = "missing"
    order = 100
    template_name = "home/admin/missing.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        undescribed = Page.objects.live().filter(depth__gt=1, search_description="").order_by("title")
        silent = Picture.objects.filter(description="", is_decorative=False).order_by("title")
        return {
            "groups": [
                group
                for group in (
                    _group("description", undescribed, "wagtailadmin_pages:edit"),
                    _group("picture", pages_without_picture(), "wagtailadmin_pages:edit"),
                    _group("alternative", silent, "wagtailimages:edit"),
                )
                if group["count"]
            ]
        }


class LatestChangesPanel(Component):
    """Who changed which page last."""

    name = "latest_changes"
    order = 200
    template_name = "home/admin/latest_changes.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        changed = Page.objects.filter(latest_revision__isnull=False).select_related("latest_revision__user", "locale")
        return {"pages": changed.order_by("-latest_revision_created_at", "-pk")[:ROWS]}


def arrange_panels(user: Any, panels: list[Component]) -> None:
    """Leave out Wagtail's own chatter; add what is still to be done, and for people who write pages their panels."""
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in UNWANTED_PANELS]
    panels.append(OpenPointsPanel())
    if user_has_any_page_permission(user):
        panels += [MissingPanel(), LatestChangesPanel()]


def pages_without_picture() -> Any:
    """Return published pages that could have a picture for lists and have none; the legal pages need none."""
    with_picture: Q = Q(pk__in=[])
    for model in BasePage.__subclasses__():
        if model._meta.model_name != "legalpage":
            with_picture |= Q(pk__in=model.objects.filter(listing_picture=None).values("pk"))
    return Page.objects.live().filter(with_picture).order_by("title")


def _group(kind: str, found: Any, url_name: str) -> dict[str, Any]:
    return {"kind": kind, "count": found.count(), "items": found[:ROWS], "url_name": url_name}
