"""What the shell adds to Wagtail's admin, and what it leaves out."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.dashboard import arrange_panels

# Leads to guides on other hosts, in English.
UNWANTED_MENU_ITEMS = {"help"}
# Style sheets of every screen, below static/css/admin/.
ADMIN_STYLES = ("brand", "translations")


@hooks.register("construct_homepage_panels")
def arrange_dashboard(request: HttpRequest, panels: list[Any]) -> None:
    arrange_panels(request.user, panels)


@hooks.register("construct_main_menu")
def drop_menu_items(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in UNWANTED_MENU_ITEMS]


@hooks.register("insert_global_admin_js")
def load_admin_script() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin-styles.js"))


@hooks.register("insert_global_admin_css")
def load_admin_styles() -> SafeString:
    sheets = [(static(f"css/admin/{name}.css"),) for name in ADMIN_STYLES]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)
