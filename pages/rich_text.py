"""Links inside running text: only pages that readers may see become links."""

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from pages.targets import public_target


class PublicPageLinkHandler(PageLinkHandler):
    """Turns page references into addresses from the public tree: no query, the reader's language, no drafts."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [cls._opening_tag(attrs.get("id", "")) for attrs in attrs_list]

    @staticmethod
    def _opening_tag(key: str) -> str:
        target = public_target(Page(pk=int(key))) if key.isdecimal() else None
        return f'<a href="{escape(target.url)}">' if target else "<a>"
