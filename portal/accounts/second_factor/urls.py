"""Addresses of the steps between password and dashboard; outside Wagtail's own, which are for signed-in people."""

from django.urls import path

from portal.accounts.second_factor import views

app_name = "second_factor"
urlpatterns = [
    path("", views.AskView.as_view(), name="ask"),
    path("einrichten/", views.ChooseView.as_view(), name="choose"),
    path("einrichten/app/", views.AppView.as_view(), name="app"),
    path("einrichten/passkey/", views.PasskeyView.as_view(), name="passkey"),
    path("ersatzcodes/", views.CodesView.as_view(), name="codes"),
    path("passwort/", views.PasswordView.as_view(), name="password"),
]
