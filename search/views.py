"""The result page and the suggestions while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.analysis.query import LONGEST_QUERY
from search.missed import count_missed
from search.results import search


@require_safe
def result_page(request: HttpRequest) -> HttpResponse:
    """Show what was found for ``q``; any text and any page number get an answer."""
    language = get_language() or "de"
    results = search(
        request.GET.get("q", ""),
        language,
        kind=request.GET.get("art", ""),
        page=page_number(request.GET.get("seite", "")),
    )
    if results.query.words and not results.hits.total:
        count_missed(results.query.text)
    response = render(
        request, "search/result_page.html", {"results": results, "longest_query": LONGEST_QUERY, "query": results.query}
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def page_number(text: str) -> int:
    """Return the page asked for; anything but a positive whole number is the first."""
    return int(text) if text.isascii() and text.isdigit() and int(text[:6]) > 0 else 1
