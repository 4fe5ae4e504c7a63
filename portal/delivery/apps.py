"""How pages reach readers fast: content version, snapshot, page cache."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "portal.delivery"
    label = "delivery"
    verbose_name = _("Auslieferung")

    def ready(self) -> None:
        from django.core.signals import request_finished, request_started
        from django.db.models.signals import post_migrate, pre_migrate

        from portal.delivery import published, snapshot, tree, triggers, turning_points, version
        from portal.delivery.content_models import register_content_models

        register_content_models()
        pre_migrate.connect(triggers.remove_before_migrations, sender=self)
        post_migrate.connect(triggers.install_after_migrations, sender=self)
        turning_points.register()
        version.content_changing.connect(published.withdraw, dispatch_uid="delivery:changing")
        # Once more, before the commit: the change may have waited for another one until the link was back.
        version.content_changed.connect(published.withdraw, dispatch_uid="delivery:changed-files")
        snapshot.register_part(tree.PART, tree.build_tree)
        request_started.connect(snapshot.begin_request, dispatch_uid="delivery:begin")
        request_finished.connect(snapshot.end_request, dispatch_uid="delivery:end")
        version.content_changed.connect(snapshot.forget_snapshot, dispatch_uid="delivery:changed")
