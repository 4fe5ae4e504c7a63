"""Goals are told beside what was measured."""

from bench.delivery import Cost
from bench.goals import outcomes, table
from bench.lighthouse import Scores
from bench.load import Speed
from bench.measuring import Result
from bench.sizes import Growth


def speed(name: str, per_second: float) -> Speed:
    return Speed(name, per_second, median=1, slowest=1, processor=1, ratio=0)


RESULTS = {
    "speed": [
        speed("static nginx file", 1_000),
        speed("nginx, published file", 690),
        speed("page cache (granian)", 400),
        speed("uncached", 60),
        speed("stock Wagtail page", 10),
    ],
    "sizes": [
        Growth("home page", {50: 10, 10_000: 14}, 1.4),
        Growth("sitemap", {50: 1, 10_000: 9}, 9),
        Growth("publish", {50: 10, 10_000: 14}, 1.4),
    ],
    "start": [Cost("start to first answer, s", 3, 2, 1.5), Cost("sitemap of 10000 pages", 0.2, 1, 0.2)],
    "documents": [Result("blank page", 1, 30, 30, 1), Result("prefilled: natural_person", 1, 120, 130, 4)],
    "Our own search by size on SQLite, phrase: ratio to 200 pages": [
        Result("200 pages", 1, 1, 1, 1),
        Result("10000 pages", 1, 4, 4, 4),
    ],
    "lighthouse": [Scores("search", 97, 100, 100, 60, ())],
}


def test_every_goal_is_told_with_what_was_measured() -> None:
    assert table(outcomes(RESULTS)).splitlines() == [
        "Goals",
        "nginx, published file: rate to static nginx file           0.69  ≥   0.70  missed",
        "page cache (granian): rate to static nginx file            0.40  ≥   0.40",
        "uncached: rate to stock Wagtail page                       6.00  ≥   5.00",
        "home page: time of the largest site to the smallest        1.40  ≤   1.30  missed",
        "publish: time of the largest site to the smallest          1.40  ≤   1.50",
        "start to first answer, s: ratio to the stock project       1.50  ≤   1.50",
        "sitemap of 10000 pages: ratio to the stock project         0.20  ≤   0.10  missed",
        "prefilled: natural_person: milliseconds                  120.00  ≤ 500.00",
        "search on SQLite, phrase: 10000 pages to 200 pages         4.00  ≤   3.00  missed",
        "Lighthouse, search: performance                           97.00  ≥  98.00  missed",
        "Lighthouse, search: accessibility                        100.00  ≥ 100.00",
        "Lighthouse, search: best practices                       100.00  ≥ 100.00",
    ]


def test_what_was_not_measured_has_no_outcome() -> None:
    assert outcomes({}) == []
