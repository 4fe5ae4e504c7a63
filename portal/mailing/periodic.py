"""Jobs the worker runs again and again. Rooms register theirs in ``AppConfig.ready()``."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

Job = Callable[[], object]


@dataclass(frozen=True)
class PeriodicJob:
    """A job and the time between the beginnings of two runs."""

    name: str
    every: dt.timedelta
    run: Job


_jobs: dict[str, PeriodicJob] = {}


def register_periodic(name: str, every: dt.timedelta, job: Job) -> None:
    """Let the worker call ``job()`` every so often. The job must bear being run twice or late."""
    known = _jobs.setdefault(name, PeriodicJob(name, every, job))
    if known.run is not job:
        raise ValueError(f"periodic job {name!r} is registered twice")


def periodic_jobs() -> list[PeriodicJob]:
    """Return all registered jobs in the order they were registered."""
    return list(_jobs.values())
