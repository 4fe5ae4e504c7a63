"""Legal texts and terms of office in the admin."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from portal.association import views
from portal.association.models import BoardTerm, LegalText


class DayColumn(Column):
    """A day as people write it: Wagtail's own column says how long ago it was."""

    def get_value(self, instance: Any) -> str:
        """Return „22.11.2026“, or nothing."""
        day = super().get_value(instance)
        return day.strftime("%d.%m.%Y") if day else ""


class LegalTextForm(WagtailAdminModelForm):
    """A draft. Kind and language are chosen once: the version number belongs to them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("kind", "language"):
                self.fields[name].disabled = True


class LegalTextViewSet(ModelViewSet):
    """Versions of legal texts: drafts are edited, published ones are read and copied."""

    model = LegalText
    icon = "doc-full"
    menu_label = _("Rechtstexte")
    name = "association_legaltexts"
    url_prefix = "rechtstexte"
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = views.LegalTextIndexView
    add_view_class = views.LegalTextCreateView
    edit_view_class = views.LegalTextEditView
    delete_view_class = views.LegalTextDeleteView
    inspect_view_class = views.LegalTextInspectView
    inspect_template_name = "association/admin/legal_text.html"
    list_display = [
        "title",
        Column("kind", label=_("Art"), accessor="get_kind_display", sort_key="kind"),
        Column("version", label=_("Fassung"), sort_key="version"),
        Column("language", label=_("Sprache"), accessor="get_language_display"),
        Column("state", label=_("Zustand"), accessor=views.state_of),
        DayColumn("in_force_from", label=_("in Kraft ab"), sort_key="in_force_from"),
    ]
    list_filter = ["kind", "language"]
    search_fields = ["title"]
    search_backend_name = None
    add_to_reference_index = False

    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
                    FieldPanel("title"),
                    FieldPanel("body"),
                    FieldPanel("in_force_from"),
                ],
                heading=_("Entwurf"),
            )
        ],
        base_form_class=LegalTextForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/", self.publish_view, name="publish"),
            path("new-version/<int:pk>/", self.new_version_view, name="new_version"),
        ]

    @property
    def publish_view(self) -> Any:
        """Freeze a draft."""
        return self.construct_view(views.LegalTextPublishView, **self._own_view_kwargs())

    @property
    def new_version_view(self) -> Any:
        """Copy a text into a draft."""
        return self.construct_view(views.LegalTextNewVersionView, **self._own_view_kwargs())

    def _own_view_kwargs(self) -> dict[str, str]:
        names = ("index", "edit", "inspect")
        return {f"{name}_url_name": self.get_url_name(name) for name in names}


class BoardTermForm(WagtailAdminModelForm):
    """A term; only people whose access is switched on are offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["user"].queryset
        self.fields["user"].queryset = people.filter(is_active=True) | people.filter(pk=self.instance.user_id)


class BoardTermViewSet(ModelViewSet):
    """Terms of office."""

    model = BoardTerm
    icon = "group"
    menu_label = _("Amtszeiten")
    name = "association_boardterms"
    url_prefix = "amtszeiten"
    copy_view_enabled = False
    list_display = [
        "user",
        Column("function", label=_("Funktion"), sort_key="function"),
        DayColumn("starts_on", label=_("Beginn"), sort_key="starts_on"),
        DayColumn("ends_on", label=_("Ende"), sort_key="ends_on"),
        BooleanColumn("is_running", label=_("läuft")),
    ]
    add_to_reference_index = False

    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("user"),
                    FieldPanel("function"),
                    FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                ],
                heading=_("Person und Zeitraum"),
            )
        ],
        base_form_class=BoardTermForm,
    )


class AssociationViewSetGroup(ViewSetGroup):
    """Both, under one entry of the menu."""

    menu_label = _("Verein")
    menu_icon = "group"
    menu_order = 350
    items = (LegalTextViewSet, BoardTermViewSet)
