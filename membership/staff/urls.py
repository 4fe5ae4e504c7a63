"""The addresses of one application in the admin, below /admin/antraege/<key>/; a new step is a line here."""

from django.urls import URLPattern, path

from membership.staff import decision, detail, papers

STEPS: list[URLPattern] = [
    path("<int:pk>/", detail.DetailView.as_view(), name="inspect"),
    path("<int:pk>/pdf/", detail.PaperView.as_view(), name="paper"),
    path("<int:pk>/eingang/", papers.OriginalView.as_view(), name="record_original"),
    path("<int:pk>/unterschriften/", papers.SignaturesView.as_view(), name="record_signatures"),
    path("<int:pk>/annehmen/", decision.AcceptView.as_view(), name="accept"),
    path("<int:pk>/ablehnen/", decision.RejectView.as_view(), name="reject"),
]
