"""The plain addresses of the application, below /mitglied-werden/antrag/ and before Wagtail's pages."""

from django.urls import path

from membership.views.confirmation import confirmation
from membership.views.form import application_form
from membership.views.receipt import receipt
from membership.views.status import document, status
from membership.views.upload import upload

app_name = "membership"

urlpatterns = [
    path("", application_form, name="form"),
    path("eingang/<str:token>/", receipt, name="receipt"),
    path("bestaetigen/<str:token>/", confirmation, name="confirmation"),
    path("vorgang/<str:token>/", status, name="status"),
    path("vorgang/<str:token>/aufnahmeantrag.pdf", document, name="document"),
    path("vorgang/<str:token>/datei/", upload, name="upload"),
]
