"""What the site adds when editors translate a page with wagtail-localize."""

from typing import Any

from wagtail.models import GroupPagePermission, Page

from home.models import HomePage


def share_rights(*, source_obj: Any, target_obj: Any, **_signal: Any) -> None:
    """Let whoever may write a home page write its translation too.

    Receives ``copy_for_translation_done``. Without this, the first translation of any page makes a home page in the
    new language that no editor has rights on, and the page below it cannot be opened by the editor who asked for it.
    """
    if not (isinstance(source_obj, Page) and issubclass(source_obj.specific_class, HomePage)):
        return
    for right in GroupPagePermission.objects.filter(page_id=source_obj.pk):
        GroupPagePermission.objects.get_or_create(
            group_id=right.group_id, page_id=target_obj.pk, permission_id=right.permission_id
        )
