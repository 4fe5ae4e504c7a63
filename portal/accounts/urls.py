"""Addresses of links in mails about access."""

from django.urls import path

from portal.accounts.views import InvitationView

app_name = "accounts"
urlpatterns = [path("einladung/<token:token>/", InvitationView.as_view(), name="invitation")]
