"""A portal of its own for the browser tests: started as ``make run`` starts it, with a folder and a port of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from portal.launcher.commands import RUN, application_server
from portal.places import BASE_DIR

START_SECONDS = 400
MAIL_SECONDS = 30
ADMIN_EMAIL = "admin@example.org"
ADMIN_PASSWORD = "ein-langes-Passwort-zum-Testen"
# What decides where and how a portal runs; the tests' own values must not reach it.
OWN_VARIABLES = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PORTAL_VAR", "PORT", "PORTAL_BASE_URL"}
LINK = re.compile(r"https?://[^\s<>\"]+")


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class RunningPortal:
    """A portal that is being served; ``url`` is its address without a slash at the end."""

    url: str
    var: Path
    process: subprocess.Popen[bytes]
    admin_email: str = ADMIN_EMAIL
    admin_password: str = ADMIN_PASSWORD
    # The tree of source it runs from; another one is another commit's.
    code: Path = BASE_DIR
    # A second server, once somebody wants to see the portal fail.
    failing: "RunningPortal | None" = None

    @property
    def log(self) -> str:
        """What the portal has written to its terminal so far."""
        return (self.var / "terminal.log").read_text()

    def mails(self, *, to: str | None = None) -> list[EmailMessage]:
        """Return the mails written so far, oldest first; with ``to`` only those sent to this address."""
        files = sorted((self.var / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [mail for mail in mails if to is None or to in str(mail["To"])]

    def wait_for_mail(self, *, to: str, number: int = 1) -> EmailMessage:
        """Return the ``number``-th mail to the address ``to`` as soon as the worker has written it."""
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            mails = self.mails(to=to)
            if len(mails) >= number:
                return mails[number - 1]
            time.sleep(0.2)
        raise AssertionError(f"no mail number {number} to {to} within {MAIL_SECONDS} s; the portal said:\n{self.log}")

    def manage(self, *arguments: str) -> str:
        """Run a management command beside the portal, on its database; return what it printed."""
        done = subprocess.run(
            [sys.executable, str(self.code / "manage.py"), *arguments],
            cwd=self.code,
            env=own_environment(self.var, int(self.url.rpartition(":")[2]))
            | {"DJANGO_SETTINGS_MODULE": "portal.settings.embedded"},
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def begin_failing_server(self) -> str:
        """Return the address of a second server beside this one, on its database, that fails where it is asked to."""
        if self.failing is None:
            port = free_port()
            environment = own_environment(self.var, port) | {
                "DJANGO_SETTINGS_MODULE": RUN.settings,
                "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
            }
            command = [*application_server(port)[:-1], "tests.e2e.failing:application"]
            with (self.var / "terminal.log").open("ab") as log:
                process = subprocess.Popen(command, cwd=self.code, env=environment, stdout=log, stderr=log)
            self.failing = RunningPortal(f"http://127.0.0.1:{port}", self.var, process, code=self.code)
            wait_until_answering(self.failing)
        return self.failing.url

    def stop(self) -> None:
        """Stop it as Ctrl+C does."""
        if self.failing is not None:
            self.failing.stop()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of ``mail``."""
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None, f"mail without plain text: {mail['Subject']}"
    return str(body.get_content())


def links_in(mail: EmailMessage) -> list[str]:
    """Return the addresses in the plain text of ``mail``, in order."""
    return LINK.findall(text_of(mail))


def own_environment(var: Path, port: int) -> dict[str, str]:
    """Return the environment of a portal that keeps everything in ``var``."""
    return {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES} | {
        "PORTAL_VAR": str(var),
        "PORT": str(port),
        "PORTAL_ADMIN_PASSWORD": ADMIN_PASSWORD,
        # The browser types as quickly as a machine.
        "PORTAL_FORM_SECONDS": "0",
    }


def start_portal(var: Path, *, code: Path = BASE_DIR) -> RunningPortal:
    """Start a portal that keeps everything in ``var`` (emptied first); returns when it answers.

    ``code`` is the tree of source to run: another commit's can be shown beside this one's.
    """
    portal = begin_portal(var, code=code)
    wait_until_answering(portal)
    return portal


def begin_portal(var: Path, *, code: Path = BASE_DIR) -> RunningPortal:
    """Begin to start a portal; several can start at once."""
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True)
    port = free_port()
    environment = own_environment(var, port)
    with (var / "terminal.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.launcher"], cwd=code, env=environment, stdout=log, stderr=log
        )
    return RunningPortal(f"http://127.0.0.1:{port}", var, process, code=code)


def wait_until_answering(portal: RunningPortal) -> None:
    """Return when ``portal`` answers. Raises AssertionError, with what it said, when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if portal.process.poll() is not None:
            raise AssertionError(f"the portal did not start:\n{portal.log}")
        try:
            with urllib.request.urlopen(f"{portal.url}/healthz", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.2)
    portal.process.kill()
    raise AssertionError(f"the portal does not answer:\n{portal.log}")
