"""What deploy/install writes into the settings is what services read: no character of a password is lost or obeyed."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.deployment import SECRETS
from portal.launcher.settings_file import filled, parse, quoted
from portal.launcher.terminal import LauncherError
from portal.places import BASE_DIR

SAMPLE = BASE_DIR / "deploy" / "environment.sample"
# Everything a shell, sed or systemd might take for something else.
PASSWORD = "a&touch b|c $HOME `id` <d>;'e\" \\f #g %h!*~"


def module(*arguments: str, given: str = "", expect: int = 0, folder: Path = BASE_DIR) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "portal.launcher.settings_file", *arguments],
        input=given,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(BASE_DIR)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expect, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        # The rules of systemd.exec(5), EnvironmentFile=.
        ("A=1\n\n# B=2\n; C=3\nD\n E = 4  \nF=", {"A": "1", "E": "4", "F": ""}),
        ("A=one word  \nB='  two  '\nC=\"three\"\n", {"A": "one word", "B": "  two  ", "C": "three"}),
        ('A=it\'s "so"\nB=\'a\'"b"c\n', {"A": 'it\'s "so"', "B": "abc"}),
        ('A="\\"\\\\\\`\\$\\n"\nB=\\"x\\ny\\ \n', {"A": '"\\`$\\n', "B": '"xny '}),
        ("A=one\\\n two\nB='x\ny'\nC=\"x\\\ny\"\n", {"A": "one two", "B": "x\ny", "C": "xy"}),
        ("# a comment goes on \\\nA=1\nB=2\n", {"B": "2"}),
        ("A=1\nA=2\nB=x=y#z\n", {"A": "2", "B": "x=y#z"}),
    ],
)
def test_reads_as_systemd_does(text: str, settings: dict[str, str]) -> None:
    assert parse(text) == settings


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="&|$<'\" `\\#;=")))
def test_what_is_written_is_read(value: str) -> None:
    try:
        written = quoted(value)
    except LauncherError:
        assert not value.isprintable()
        return
    assert parse(f"A={written}\nB=2\n") == {"A": value, "B": "2"}


def test_a_shell_would_read_the_same() -> None:
    done = subprocess.run(["/bin/sh", "-c", f'A={quoted(PASSWORD)}; printf %s "$A"'], capture_output=True, check=True)
    assert done.stdout.decode() == PASSWORD


def test_fills_the_sample(tmp_path: Path) -> None:
    url = f"smtp+tls://portal:{PASSWORD.replace('#', '%23')}@mail.example.org:587"
    text = module("fill", str(SAMPLE), given=f"PORTAL_EMAIL_URL={url}\0REDIS_URL=redis://127.0.0.1:6379/0\0")
    (tmp_path / "environment").write_text(text)
    before, after = parse(SAMPLE.read_text()), parse(text)

    assert after == before | {"PORTAL_EMAIL_URL": url, "REDIS_URL": "redis://127.0.0.1:6379/0"}
    assert len(text.splitlines()) == len(SAMPLE.read_text().splitlines())
    assert module("get", str(tmp_path / "environment"), "PORTAL_EMAIL_URL") == f"{url}\n"
    assert module("get", str(tmp_path / "environment"), "PORTAL_PUBLISHED") == "\n"


def test_refuses_what_cannot_stand_in_a_line() -> None:
    with pytest.raises(LauncherError, match="Steuerzeichen"):
        quoted("a\nSECRET_KEY=b")
    with pytest.raises(LauncherError, match="UNBEKANNT nicht genau einmal"):
        filled("A=1\n", {"UNBEKANNT": "1"})


def test_a_command_gets_the_settings_and_nothing_is_run_on_the_way(tmp_path: Path) -> None:
    settings = tmp_path / "environment"
    settings.write_text(f"A={quoted(f'x & touch {tmp_path}/made $(touch {tmp_path}/made)')}\n")
    show = "import os, json; print(json.dumps(sorted(os.environ)), os.environ['A'], oct(os.umask(0)))"
    user = pwd.getpwuid(os.getuid()).pw_name
    told = module("run", str(settings), user, sys.executable, "-c", show)

    names, _, rest = told.partition("] ")
    assert f"{names}]" == '["A", "HOME", "LANG", "LOGNAME", "PATH", "USER"]'
    assert rest == f"x & touch {tmp_path}/made $(touch {tmp_path}/made) 0o27\n"
    assert not (tmp_path / "made").exists()


def test_mail_passwords_reach_django(tmp_path: Path) -> None:
    address = f"smtp+tls://portal:{PASSWORD.replace('#', '%23').replace('%h', '%25h')}@mail.example.org:587"
    given = {"PORTAL_EMAIL_URL": address} | {name: make() for name, make in SECRETS.items()}
    text = module("fill", str(SAMPLE), given="".join(f"{name}={value}\0" for name, value in given.items()))
    (tmp_path / "environment").write_text(text)
    show = "from portal.settings import production as p; print(p.EMAIL_HOST, p.EMAIL_USE_TLS, p.EMAIL_HOST_PASSWORD)"
    user = pwd.getpwuid(os.getuid()).pw_name
    assert module("run", str(tmp_path / "environment"), user, sys.executable, "-c", show) == (
        f"mail.example.org True {PASSWORD}\n"
    )
