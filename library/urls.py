"""/downloads/…"""

from django.urls import path

from library import views

urlpatterns = [
    path("<slug:name>/", views.download, name="download"),
    path("<slug:name>/<slug:version>/", views.download_version, name="download_version"),
]
