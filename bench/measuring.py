"""Taking times in alternation and putting them side by side."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

Action = Callable[[], object]
MILLISECONDS = 1000.0
PERCENTILES = 100


@dataclass(frozen=True)
class Result:
    """The times of one action, in milliseconds, and how many times as long as the measure it took."""

    name: str
    first: float
    median: float
    slowest: float
    ratio: float


def measure(actions: Mapping[str, Action], *, rounds: int) -> list[Result]:
    """Run each of ``actions`` once cold, then ``rounds`` times in turn; the first action is the measure of the others.

    In turn, so that whatever else the machine does falls on all alike. ``slowest`` is the 99th percentile.
    """
    return measure_timed({name: partial(_seconds, action) for name, action in actions.items()}, rounds=rounds)


def measure_timed(actions: Mapping[str, Callable[[], float]], *, rounds: int) -> list[Result]:
    """Do what ``measure`` does for actions that take their own time and return its seconds."""
    first = {name: action() for name, action in actions.items()}
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            times[name].append(action())
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    measure_of_all = next(iter(medians.values()))
    return [
        Result(
            name=name,
            first=first[name] * MILLISECONDS,
            median=medians[name] * MILLISECONDS,
            slowest=_slowest(taken) * MILLISECONDS,
            ratio=medians[name] / measure_of_all,
        )
        for name, taken in times.items()
    ]


def table(title: str, results: Sequence[Result]) -> str:
    """Return the results as lines of text."""
    width = max(len(result.name) for result in results)
    lines = (
        f"{one.name:{width}}  {one.first:7.1f} ms {one.median:7.2f} ms {one.slowest:7.2f} ms {one.ratio:8.2f}"
        for one in results
    )
    return "\n".join([title, f"{'':{width}}  {'first':>10} {'median':>10} {'99 %':>10} {'ratio':>8}", *lines])


def _seconds(action: Action) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _slowest(times: Sequence[float]) -> float:
    if len(times) < 2:
        return max(times)
    return statistics.quantiles(times, n=PERCENTILES, method="inclusive")[-1]
