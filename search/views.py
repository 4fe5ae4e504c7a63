"""The result page."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.analysis.query import LONGEST_QUERY
from search.lookup import PAGE_SIZE
from search.missed import count_missed
from search.results import search

LONGEST_PAGE_NUMBER = 6


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
    if query.words and not hits.total:
        count_missed(query.text)
    parameters = {"q": query.text} | ({"art": hits.kind} if hits.kind else {})
    context = {
        "results": results,
        "query": query,
        "longest_query": LONGEST_QUERY,
        "page_obj": Paginator(range(hits.total), PAGE_SIZE).page(hits.page),
        "is_too_short": not query.words and any(c.isalnum() for c in query.text),
        "base_url": f"?{urlencode(parameters)}&",
    }
    response = render(request, "search/result_page.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def page_number(text: str) -> int:
    """Return the page asked for; anything but a positive whole number is the first."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE_NUMBER
    return max(1, int(text)) if is_number else 1
