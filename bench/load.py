"""Requests per second by wrk, in alternation, and what they cost the processes that answer them."""

import os
import re
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS = 16
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Contender:
    """A page as one of several ways gives it, and the processes that have to work for it."""

    name: str
    address: str
    processes: tuple[int, ...]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Load:
    """What wrk measured in one round: requests per second, times in milliseconds."""

    per_second: float
    median: float
    slowest: float
    requests: int
    processor: float


@dataclass(frozen=True)
class Speed:
    """All rounds of a contender; ``processor`` in milliseconds per request, ``ratio`` to the first contender."""

    name: str
    per_second: float
    median: float
    slowest: float
    processor: float
    ratio: float


class MeasuringError(Exception):
    """wrk could not be run, or a contender did not answer as it should."""


def race(contenders: Sequence[Contender], *, rounds: int, seconds: int) -> list[Speed]:
    """Run all contenders in turn, ``rounds`` times after a short warm-up; the first is the measure of the others."""
    for contender in contenders:
        run(contender, seconds=1)
    loads: dict[str, list[Load]] = {contender.name: [] for contender in contenders}
    for _ in range(rounds):
        for contender in contenders:
            loads[contender.name].append(run(contender, seconds=seconds))
    limit = statistics.median(load.per_second for load in loads[contenders[0].name])
    return [_summary(name, taken, limit) for name, taken in loads.items()]


def run(contender: Contender, *, seconds: int) -> Load:
    """Let wrk ask for ``seconds``."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    for name, value in contender.headers.items():
        command += ["-H", f"{name}: {value}"]
    before = processor_seconds(contender.processes)
    done = subprocess.run([*command, contender.address], capture_output=True, text=True, check=False)  # noqa: S603
    spent = processor_seconds(contender.processes) - before
    if done.returncode != 0 or "Non-2xx" in done.stdout:
        raise MeasuringError(f"{contender.name}: {done.stdout}{done.stderr}")
    return parse(done.stdout, processor=spent)


def parse(output: str, *, processor: float) -> Load:
    """Read what wrk prints with ``--latency``; ``processor`` seconds were spent meanwhile."""
    per_second = re.search(r"Requests/sec:\s+([\d.]+)", output)
    requests = re.search(r"(\d+) requests in", output)
    if per_second is None or requests is None:
        raise MeasuringError(output)
    number = int(requests.group(1))
    return Load(
        per_second=float(per_second.group(1)),
        median=_percentile(output, 50),
        slowest=_percentile(output, 99),
        requests=number,
        processor=processor * 1000 / max(number, 1),
    )


def table(title: str, speeds: Sequence[Speed]) -> str:
    """Return the speeds as lines of text."""
    width = max(len(speed.name) for speed in speeds)
    head = f"{'':{width}}  {'per s':>9} {'median':>10} {'99 %':>10} {'processor':>10} {'ratio':>8}"
    lines = (
        f"{one.name:{width}}  {one.per_second:9.0f} {one.median:7.2f} ms {one.slowest:7.2f} ms "
        f"{one.processor:7.3f} ms {one.ratio:8.4f}"
        for one in speeds
    )
    return "\n".join([title, head, *lines])


def processor_seconds(processes: Sequence[int]) -> float:
    """Return the processor time that the processes and their children have used so far."""
    return sum(_ticks(process) for root in processes for process in family(root)) / TICKS


def family(process: int) -> list[int]:
    """Return the process and all that descend from it."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return [process]
    return [process, *(member for child in children for member in family(int(child)))]


def memory(process: int) -> float:
    """Return the private memory of the process and its children in megabytes."""
    return sum(_private_kilobytes(member) for member in family(process)) / 1024


def _private_kilobytes(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+) kB", text, re.MULTILINE))


def _ticks(process: int) -> int:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _percentile(output: str, percent: int) -> float:
    found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", output, re.MULTILINE)
    if found is None:
        raise MeasuringError(output)
    return float(found.group(1)) * MILLISECONDS[found.group(2)]


def _summary(name: str, loads: Sequence[Load], limit: float) -> Speed:
    per_second = statistics.median(load.per_second for load in loads)
    return Speed(
        name=name,
        per_second=per_second,
        median=statistics.median(load.median for load in loads),
        slowest=statistics.median(load.slowest for load in loads),
        processor=sum(load.processor * load.requests for load in loads) / sum(load.requests for load in loads),
        ratio=per_second / limit,
    )
