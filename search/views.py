"""The result page."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from portal.delivery.snapshot import snapshot
from search.editorial import SYNONYMS
from search.lookup import PAGE_SIZE
from search.missed import count_missed
from search.results import search
from search.sources import kind_labels
from search.titles import TITLES, suggestions

LONGEST_PAGE_NUMBER = 6


@gzip_page
@require_safe
def result_page(request: HttpRequest) -> HttpResponse:
    """Show what was found for ``q``; any text, kind and page number get an answer."""
    results = search(
        request.GET.get("q", ""),
        get_language() or "de",
        kind=request.GET.get("art", ""),
        page=page_number(request.GET.get("page", "")),
    )
    query, hits = results.query, results.hits
    if request.method == "GET" and query.words and not hits.total and not results.promoted:
        count_missed(query.text)
    parameters = {"q": query.text} | ({"art": hits.kind} if hits.kind else {})
    context = {
        "results": results,
        "query": query,
        "page_obj": Paginator(range(hits.total), PAGE_SIZE).page(hits.page),
        "is_too_short": not query.words and any(c.isalnum() for c in query.text),
        "base_url": f"?{urlencode(parameters)}&",
    }
    response = render(request, "search/result_page.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def suggest_titles(request: HttpRequest) -> JsonResponse:
    """Return pages for what is typed so far; nothing of it is counted or kept."""
    parts, labels = snapshot(), kind_labels()
    titles = parts.part(TITLES).get(get_language() or "de")
    found = suggestions(request.GET.get("q", ""), titles, parts.part(SYNONYMS)) if titles else []
    number = len(found)
    answer = {
        "suggestions": [{"title": one.text, "url": one.url, "kind": labels.get(one.kind, "")} for one in found],
        "summary": ngettext("%(number)s Vorschlag", "%(number)s Vorschläge", number) % {"number": number}
        if found
        else "",
    }
    return JsonResponse(answer, headers={"X-Robots-Tag": "noindex", "Cache-Control": "no-store"})


def page_number(text: str) -> int:
    """Return the page asked for; anything but a positive whole number is the first."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE_NUMBER
    return max(1, int(text)) if is_number else 1
