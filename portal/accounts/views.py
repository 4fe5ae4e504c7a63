"""Choosing a password: after an invitation, and after a reset."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.views.account import PasswordResetConfirmView as WagtailPasswordResetConfirmView

from portal.accounts import throttling
from portal.accounts.forms import FirstPasswordForm
from portal.accounts.invitations import InvitationClosed, accept_invitation, find_invitation, invite
from portal.accounts.models import Invitation
from portal.mailing.links import UnknownLink

TEMPLATE = "accounts/invitation.html"


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class InvitationView(View):
    """The page behind an invitation's link. Looking changes nothing; the button does."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the invitation and keep its address to ourselves."""
        try:
            self.invitation = find_invitation(kwargs["token"])
        except UnknownLink:
            raise Http404 from None
        response = super().dispatch(request, *args, **kwargs)
        # Not „no-referrer“: browsers then send „Origin: null“ with forms, which Django's CSRF protection refuses.
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show the form, or what became of the invitation."""
        return self._page(request, self.invitation, FirstPasswordForm(self.invitation.user))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Set the password, or send a new mail where the seven days are over."""
        if self.invitation.is_expired:
            invite(self.invitation.user, by=self.invitation.invited_by)
            return render(request, TEMPLATE, {"state": "renewed", "person": self.invitation.user})
        form = FirstPasswordForm(self.invitation.user, request.POST)
        if self.invitation.is_accepted or not form.is_valid():
            return self._page(request, self.invitation, form)
        try:
            accept_invitation(self.invitation, password=form.cleaned_data["new_password1"])
        except InvitationClosed:
            return self._page(request, find_invitation(token), form)
        messages.success(request, _("Ihr Passwort ist gespeichert. Bitte melden Sie sich damit an."))
        return redirect("wagtailadmin_login")

    def _page(self, request: HttpRequest, invitation: Invitation, form: FirstPasswordForm) -> HttpResponse:
        state = "accepted" if invitation.is_accepted else "expired" if invitation.is_expired else "open"
        context = {"state": state, "person": invitation.user, "form": form}
        return render(request, TEMPLATE, context, status=410 if state != "open" else 200)


class PasswordResetConfirmView(WagtailPasswordResetConfirmView):
    """Wagtail's page; a new password also opens a sign-in that was closed for too many failures."""

    def form_valid(self, form: Any) -> HttpResponse:
        throttling.forget_failures(self.user.email)
        return super().form_valid(form)
