"""Views of legal texts in the admin: reading, publishing, copying; the frozen ones refuse everything else."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from portal.association.models import LegalText
from portal.association.permissions import PUBLISH


def state_of(text: LegalText) -> str:
    """Return in a few words where the version stands today."""
    if not text.is_published:
        return _("Entwurf")
    if text.in_force_from and text.in_force_from > timezone.localdate():
        return _("veröffentlicht, gilt später")
    return _("in Kraft") if text.is_in_force else _("abgelöst")


class LegalTextIndexView(generic.IndexView):
    """All versions. Drafts open for editing, published ones for reading."""

    any_permission_required = ["add", "change", "delete", "view"]

    def get_edit_url(self, instance: LegalText) -> str | None:
        if not self.user_has_permission_for_instance("change", instance):
            return None
        return super().get_edit_url(instance)

    def get_delete_url(self, instance: LegalText) -> str | None:
        if not self.user_has_permission_for_instance("delete", instance):
            return None
        return super().get_delete_url(instance)

    def get_list_more_buttons(self, instance: LegalText) -> list[Any]:
        """Reading and copying for every version, publishing for drafts."""
        buttons = super().get_list_more_buttons(instance)
        name = self.index_url_name.partition(":")[0]
        if self.user_has_permission_for_instance(PUBLISH, instance):
            url = reverse(f"{name}:publish", args=[instance.pk])
            buttons.append(MenuItem(_("Veröffentlichen"), url=url, icon_name="check", priority=15))
        if self.user_has_permission("add"):
            url = reverse(f"{name}:new_version", args=[instance.pk])
            buttons.append(MenuItem(_("Neue Fassung aus dieser"), url=url, icon_name="copy", priority=25))
        return buttons


class LegalTextCreateView(generic.CreateView):
    """A first draft."""

    success_message = gettext_lazy("Der Entwurf „%(object)s“ ist gespeichert.")


class FrozenTextMixin:
    """Sends whoever wants to change a published text to the page where it is read."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse with the reason, whatever the method."""
        text = get_object_or_404(LegalText, pk=kwargs["pk"])
        if text.is_published:
            messages.error(
                request,
                _(
                    "Diese Fassung ist veröffentlicht und wird nicht mehr geändert oder gelöscht. "
                    "Legen Sie eine neue Fassung aus dieser an."
                ),
            )
            return redirect("association_legaltexts:inspect", text.pk)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


class LegalTextEditView(FrozenTextMixin, generic.EditView):
    """A draft."""

    success_message = gettext_lazy("Der Entwurf „%(object)s“ ist gespeichert.")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if self.user_has_permission_for_instance(PUBLISH, self.object):
            url = reverse("association_legaltexts:publish", args=[self.object.pk])
            buttons.append(Button(_("Veröffentlichen"), url=url, icon_name="check", priority=5))
        return buttons


class LegalTextDeleteView(FrozenTextMixin, generic.DeleteView):
    """A draft nobody needs."""

    success_message = gettext_lazy("Der Entwurf „%(object)s“ ist gelöscht.")


class LegalTextInspectView(generic.InspectView):
    """A version as people read it, with its state and check sum."""

    page_title = gettext_lazy("Rechtstext")

    def get_edit_url(self) -> str | None:
        return super().get_edit_url() if self.user_has_permission_for_instance("change", self.object) else None

    def get_delete_url(self) -> str | None:
        return super().get_delete_url() if self.user_has_permission_for_instance("delete", self.object) else None

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if self.user_has_permission_for_instance(PUBLISH, self.object):
            url = reverse("association_legaltexts:publish", args=[self.object.pk])
            buttons.append(Button(_("Veröffentlichen"), url=url, icon_name="check", priority=15))
        if self.user_has_permission("add"):
            url = reverse("association_legaltexts:new_version", args=[self.object.pk])
            buttons.append(Button(_("Neue Fassung aus dieser"), url=url, icon_name="copy", priority=25))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"state": state_of(self.object)}


class PublishForm(forms.Form):
    """From when the text applies."""

    in_force_from = forms.DateField(
        label=gettext_lazy("In Kraft ab"),
        widget=AdminDateInput,
        help_text=gettext_lazy("Erster Tag, an dem diese Fassung gilt."),
    )


class LegalTextActionView(generic.PermissionCheckedMixin, generic.WagtailAdminTemplateMixin, TemplateView):
    """A page that asks before something is done with a text."""

    model = LegalText
    index_url_name = edit_url_name = inspect_url_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(LegalText, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Rechtstexte")},
            {"url": reverse(self.inspect_url_name, args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inspect_url = reverse(self.inspect_url_name, args=[self.object.pk])
        return super().get_context_data(**kwargs) | {"object": self.object, "inspect_url": inspect_url}


class LegalTextPublishView(LegalTextActionView):
    """Freeze a draft, from a day on."""

    permission_required = PUBLISH
    page_title = gettext_lazy("Veröffentlichen")
    header_icon = "check"
    template_name = "association/admin/publish_legal_text.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A published text is not published again."""
        if not self.user_has_permission_for_instance(PUBLISH, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self) -> PublishForm:
        """The form, on the day noted in the draft or today."""
        initial: dict[str, dt.date] = {"in_force_from": self.object.in_force_from or timezone.localdate()}
        return PublishForm(self.request.POST or None, initial=initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.get_form()
        return super().get_context_data(**kwargs) | {"form": form, "media": form.media}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Publish, or show what is wrong with the day."""
        form = self.get_form()
        if form.is_valid():
            try:
                self.object.publish(in_force_from=form.cleaned_data["in_force_from"])
            except ValidationError as error:
                form.add_error("in_force_from", error)
            else:
                log(instance=self.object, action="wagtail.publish", user=request.user)
                messages.success(request, _("„%(text)s“ ist veröffentlicht.") % {"text": self.object})
                return redirect(self.inspect_url_name, self.object.pk)
        return self.render_to_response(self.get_context_data(form=form))


class LegalTextNewVersionView(LegalTextActionView):
    """Copy a text into a draft."""

    permission_required = "add"
    page_title = gettext_lazy("Neue Fassung aus dieser")
    header_icon = "copy"
    template_name = "association/admin/copy_legal_text.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Copy, and go on to the draft."""
        draft = self.object.new_version()
        log(instance=draft, action="wagtail.create", user=request.user)
        messages.success(request, _("Der Entwurf „%(text)s“ ist angelegt.") % {"text": draft})
        return redirect(self.edit_url_name, draft.pk)
