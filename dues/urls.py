"""/downloads/beitragsordnung/…, before library's own addresses."""

from django.urls import path

from dues import views

urlpatterns = [
    path("beitragsordnung/fassung-<int:version>/", views.order_pdf, name="dues_order_pdf"),
]
