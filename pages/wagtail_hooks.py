"""What the pages add to Wagtail's admin."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from pages.rich_text import PublicPageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def register_public_links(features: FeatureRegistry) -> None:
    features.register_link_type(PublicPageLinkHandler)
