"""How pages reach readers fast: content version and snapshot."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "portal.delivery"
    label = "delivery"
    verbose_name = _("Auslieferung")

    def ready(self) -> None:
        from portal.delivery import tree
        from portal.delivery.content_models import register_content_models
        from portal.delivery.snapshot import register_part

        register_content_models()
        register_part(tree.PART, tree.build_tree)
