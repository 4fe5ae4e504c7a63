"""The search's addresses."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("", views.result_page, name="results"),
    path("vorschlaege/", views.suggest_titles, name="suggestions"),
]
