"""What wrk prints is read as it is meant."""

import os

import pytest

from bench.load import Load, MeasuringError, Speed, family, parse, processor_seconds, table

OUTPUT = """Running 3s test @ http://127.0.0.1:8220/
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.05ms  500.00us   9.00ms   90.00%
    Req/Sec    15.00k     1.00k   17.00k    70.00%
  Latency Distribution
     50%    0.95ms
     75%    1.20ms
     90%    1.50ms
     99%    1.20s
  45000 requests in 3.00s, 300.00MB read
Requests/sec:  15000.00
Transfer/sec:    100.00MB
"""


def test_rates_and_times_are_read() -> None:
    # wrk leaves a blank behind some of its units.
    assert parse(OUTPUT.replace("1.20s\n", "1.20s \n"), processor=4.5) == Load(15_000, 0.95, 1200, 45_000, 0.1)


def test_anything_else_is_refused() -> None:
    with pytest.raises(MeasuringError):
        parse("unable to connect to 127.0.0.1:8220", processor=0)


def test_a_process_belongs_to_its_family() -> None:
    assert os.getpid() in family(os.getppid())
    assert processor_seconds([os.getpid()]) > 0


def test_table_lines_up() -> None:
    assert table("One page", [Speed("file", 40_000, 0.4, 1.25, 0.025, 1)]).splitlines() == [
        "One page",
        "          per s     median       99 %  processor    ratio",
        "file      40000    0.40 ms    1.25 ms   0.025 ms   1.0000",
    ]
