"""What editors keep of the search: words that mean the same, recommended results, and the queries without hits."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic.models import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from search.models import MissedQuery, Promotion, Synonym


class MissedQueryPolicy(ModelPermissionPolicy):
    """The report is made by the portal alone; what turns out to be a name can be deleted."""

    def user_has_permission(self, user, action):
        return action in {"view", "delete"} and super().user_has_permission(user, action)


register_permission_policy(Synonym)
register_permission_policy(Promotion)
register_permission_policy(MissedQuery, MissedQueryPolicy(MissedQuery))


class SynonymViewSet(ModelViewSet):
    model = Synonym
    name = "synonyms"
    url_prefix = "suche/gleichbedeutend"
    menu_label = _("Gleichbedeutende Wörter")
    icon = "list-ul"
    list_display = ["word", "meanings"]
    copy_view_enabled = False


class PromotionViewSet(ModelViewSet):
    model = Promotion
    name = "promotions"
    url_prefix = "suche/empfohlen"
    menu_label = _("Empfohlene Ergebnisse")
    icon = "pick"
    list_display = ["query", "page"]
    copy_view_enabled = False


class MissedQueryIndexView(IndexView):
    """Only queries whose words are kept: the others say nothing (search.missed)."""

    def get_base_queryset(self) -> QuerySet[MissedQuery]:
        return super().get_base_queryset().exclude(text="")


class MissedQueryDeleteView(DeleteView):
    """Deletes a query for all days; its text, maybe a name, gets into no log and no message."""

    success_message = _("Das Suchwort ist gelöscht.")
    confirmation_message = _("Soll dieses Suchwort aus dem Bericht verschwinden, für alle Tage?")

    def delete_action(self) -> None:
        MissedQuery.objects.filter(fingerprint=self.object.fingerprint).delete()


class MissedQueryViewSet(ModelViewSet):
    model = MissedQuery
    name = "missed_queries"
    url_prefix = "suche/ohne-ergebnis"
    menu_label = _("Suchen ohne Ergebnis")
    icon = "search"
    list_display = ["text", "day", "count"]
    index_view_class = MissedQueryIndexView
    delete_view_class = MissedQueryDeleteView
    form_fields = ["text"]
    inspect_view_enabled = False
    copy_view_enabled = False


class SearchViewSetGroup(ModelViewSetGroup):
    menu_label = _("Suchwörter")
    menu_icon = "search"
    menu_order = 350
    items = (SynonymViewSet, PromotionViewSet, MissedQueryViewSet)


@hooks.register("register_admin_viewset")
def register_search_viewsets() -> SearchViewSetGroup:
    return SearchViewSetGroup()
