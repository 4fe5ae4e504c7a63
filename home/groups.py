"""The association's groups and what each may do (domain: Roles).

Superuser is a flag for technicians, no group: who may manage users could become one.
"""

import hashlib
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from home.models import HomePage, StarterRecord

ADMIN = ("wagtailadmin.access_admin",)
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
# On the collections that hold the site's pictures and documents; Wagtail keeps them with its own models.
LIBRARY_PERMISSIONS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.delete_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.delete_document",
    "wagtaildocs.choose_document",
)


@dataclass(frozen=True)
class Role:
    """A group: its name, the permissions of its members, and whether they write the site."""

    name: str
    permissions: tuple[str, ...]
    writes_pages: bool = False

    @property
    def fingerprint(self) -> str:
        """What changes when the role's definition does."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


ROLES = (
    Role(
        "Redaktion",
        (
            *ADMIN,
            "library.add_download",
            "library.change_download",
            "library.view_download",
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            "wagtailredirects.delete_redirect",
            "wagtail_localize.submit_translation",
            *(
                f"search.{action}_{model}"
                for model in ("synonym", "promotion")
                for action in ("add", "change", "delete")
            ),
            "search.view_missedquery",
            "search.delete_missedquery",
        ),
        writes_pages=True,
    ),
    Role(
        "Geschäftsstelle",
        (
            *ADMIN,
            "association.change_associationsettings",
            "membership.record_application",
            "mailing.view_queuedmail",
            "mailing.resend_queuedmail",
            "privacy.view_retentionperiod",
            "mailing.change_mailtext",
        ),
    ),
    Role(
        "Vorstand",
        (
            *ADMIN,
            "association.change_associationsettings",
            "association.add_legaltext",
            "association.change_legaltext",
            "association.delete_legaltext",
            "association.view_legaltext",
            "association.publish_legaltext",
            "association.view_boardterm",
            "membership.change_votingrules",
            "membership.decide_application",
            "mailing.view_queuedmail",
            "privacy.view_auditentry",
            "mailing.change_mailtext",
            "privacy.view_retentionperiod",
            "privacy.change_retentionperiod",
        ),
    ),
    Role(
        "Kasse",
        (
            *ADMIN,
            "dues.add_duesorder",
            "dues.change_duesorder",
            "dues.delete_duesorder",
            "dues.view_duesorder",
            "dues.publish_duesorder",
            "membership.unmask_application",
        ),
    ),
)


def ensure_groups() -> None:
    """Create the groups; give them new permissions when their definition has changed, and only then.

    What an administrator has given or taken since stays.
    """
    for role in ROLES:
        key = f"groups:{role.name}"
        record = StarterRecord.objects.filter(key=key).first()
        if record and record.fingerprint == role.fingerprint:
            continue
        group, _created = Group.objects.get_or_create(name=role.name)
        group.permissions.add(*(permission(name) for name in role.permissions))
        if role.writes_pages:
            _let_write(group)
        StarterRecord.objects.update_or_create(
            key=key, defaults={"fingerprint": role.fingerprint, "object_id": group.pk}
        )


def permission(name: str) -> Permission:
    """Return the permission called ``app.codename``; LookupError if no model has it."""
    app_label, codename = name.split(".")
    apps.get_app_config(app_label)
    try:
        return Permission.objects.get(content_type__app_label=app_label, codename=codename)
    except Permission.DoesNotExist as error:
        raise LookupError(f"there is no permission {name}") from error


def _let_write(group: Group) -> None:
    """Let the group write everything from the home pages down, and keep pictures and documents."""
    collection = Collection.get_first_root_node()
    for home in HomePage.objects.all():
        for codename in PAGE_PERMISSIONS:
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=_page_permission(codename))
    for name in LIBRARY_PERMISSIONS:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission(name))


def _page_permission(codename: str) -> Permission:
    model = Page._meta
    return Permission.objects.get(content_type__app_label=model.app_label, codename=codename)
