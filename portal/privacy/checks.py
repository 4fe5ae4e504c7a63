"""What Django's system checks say about the keys."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from portal.privacy.sealing import data_keys


def check_data_keys(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with keys that cannot be used."""
    try:
        data_keys()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="privacy.E001")]
    return []
