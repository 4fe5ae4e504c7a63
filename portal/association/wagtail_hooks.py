"""What the admin learns from this room."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.permissions import register_permission_policy

from portal.association.models import AssociationSettings, BoardTerm, LegalText
from portal.association.permissions import LegalTextPolicy
from portal.association.viewsets import AssociationViewSetGroup

register_setting(AssociationSettings, icon="home")
register_permission_policy(LegalText, LegalTextPolicy(LegalText))
register_permission_policy(BoardTerm)


@hooks.register("register_admin_viewset")
def register_viewsets() -> AssociationViewSetGroup:
    """Legal texts and terms of office."""
    return AssociationViewSetGroup()


@hooks.register("register_permissions")
def offer_publishing() -> QuerySet[Permission]:
    """Let the groups' form offer the publishing of legal texts."""
    return Permission.objects.filter(content_type__app_label="association", codename="publish_legaltext")
