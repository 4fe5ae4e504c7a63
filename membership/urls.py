"""The plain addresses of the application, below /mitglied-werden/antrag/ and before Wagtail's pages."""

from django.urls import path
from django.views.decorators.gzip import gzip_page

from membership.views.changes import answer, correction, withdrawal
from membership.views.confirmation import confirmation
from membership.views.cosigning import cosign
from membership.views.drafts import draft, draft_deletion, draft_keeping, draft_kind, draft_step
from membership.views.filled_pdf import filled_pdf
from membership.views.form import application_form
from membership.views.receipt import receipt
from membership.views.signatures import signature_count, signatures
from membership.views.status import document, own_data_json, own_data_pdf, status
from membership.views.upload import upload

app_name = "membership"

urlpatterns = [
    # Long pages are packed for the way. What one visitor types is in no answer that another site can ask for.
    path("", gzip_page(application_form), name="form"),
    path("entwurf/<str:token>/", draft, name="draft"),
    path("entwurf/<str:token>/art/", draft_kind, name="draft_kind"),
    path("entwurf/<str:token>/merken/", draft_keeping, name="draft_keeping"),
    path("entwurf/<str:token>/loeschen/", draft_deletion, name="draft_deletion"),
    path("entwurf/<str:token>/<str:step>/", gzip_page(draft_step), name="draft_step"),
    path("pdf/", filled_pdf, name="filled_pdf"),
    path("eingang/<str:token>/", receipt, name="receipt"),
    path("bestaetigen/<str:token>/", confirmation, name="confirmation"),
    path("vorgang/<str:token>/", gzip_page(status), name="status"),
    path("vorgang/<str:token>/mitunterzeichnende/", gzip_page(signatures), name="signatures"),
    path("vorgang/<str:token>/mitunterzeichnende/stand/", signature_count, name="signature_count"),
    path("mitunterzeichnen/<str:token>/", gzip_page(cosign), name="cosign"),
    path("vorgang/<str:token>/aufnahmeantrag.pdf", document, name="document"),
    path("vorgang/<str:token>/antwort/", answer, name="answer"),
    path("vorgang/<str:token>/berichtigen/", correction, name="correction"),
    path("vorgang/<str:token>/zurueckziehen/", withdrawal, name="withdrawal"),
    path("vorgang/<str:token>/meine-daten.pdf", own_data_pdf, name="own_data_pdf"),
    path("vorgang/<str:token>/meine-daten.json", own_data_json, name="own_data_json"),
    path("vorgang/<str:token>/datei/", upload, name="upload"),
]
