"""Rows that must exist before anybody edits them."""

from typing import Any

from django.apps.registry import Apps

from library import generated


def ensure_generated_downloads(apps: Apps, **_kwargs: Any) -> None:
    """Give every registered name its download, once; runs after each ``migrate``. Existing ones stay as they are."""
    try:
        model = apps.get_model("library", "Download")
    except LookupError:  # migrated back to before downloads
        return
    for name in generated.names():
        model.objects.get_or_create(name=name, defaults={"title": generated.title_of(name)})
