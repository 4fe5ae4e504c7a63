"""What the library adds to the admin."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from library.viewsets import download_chooser_viewset, download_version_viewset, download_viewset


@hooks.register("register_admin_viewset")
def register_library_viewsets() -> list[ViewSet]:
    return [download_viewset, download_version_viewset, download_chooser_viewset]
