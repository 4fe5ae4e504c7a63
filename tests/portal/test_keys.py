"""Keys are made once, readable by their owner only."""

import base64
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from portal.keys import load_or_create


def test_second_call_returns_the_first_key(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "secret_key"
    first = load_or_create(file)
    assert load_or_create(file) == first
    assert len(base64.urlsafe_b64decode(first)) == 32


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "secret_key"
    load_or_create(file)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    load_or_create(tmp_path / "secret_key")
    load_or_create(tmp_path / "secret_key")
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_length_is_the_callers(tmp_path: Path) -> None:
    assert len(base64.urlsafe_b64decode(load_or_create(tmp_path / "key", bytes_=64))) == 64


def test_all_who_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        keys = set(pool.map(lambda _: load_or_create(tmp_path / "key"), range(32)))
    assert keys == {(tmp_path / "key").read_text()}
