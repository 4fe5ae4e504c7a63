"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest

from home.navigation import Shell


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return ``shell``: association, menus, breadcrumbs and languages for this address; collected when first used."""
    return {"shell": Shell(request.path)}
