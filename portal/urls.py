"""All addresses: plain ones first, Wagtail's pages last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home import crawlers
from portal.accounts.views import PasswordResetConfirmView
from portal.media import public_media

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("media/<path:path>", public_media),
    # In place of Wagtail's view at the same address.
    path("admin/password_reset/confirm/<uidb64>/<token>/", PasswordResetConfirmView.as_view()),
    # Between password and dashboard: before Wagtail's addresses, which are for people who are signed in.
    path("admin/zweiter-faktor/", include("portal.accounts.second_factor.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("zugang/", include("portal.accounts.urls")),
    path("dokumente/", include(wagtaildocs_urls)),
    path("downloads/", include("dues.urls")),
    path("downloads/", include("library.urls")),
    path("mitglied-werden/antrag/", include("membership.urls")),
]

if settings.DEBUG:
    from portal.design import components

    urlpatterns.append(path("bausteine/", components, name="components"))

urlpatterns += i18n_patterns(
    path("suche/", include("search.urls")),
    path("", include("portal.delivery.routing")),
    prefix_default_language=False,
)
