"""/healthz answers as long as the process lives, /readyz when everything it needs is there."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from portal import readiness
from portal.mailing.models import MailState, QueuedMail, WorkerHeartbeat
from portal.release import release

FINE = {"ok": True, "detail": "ok"}


def test_alive_without_a_database(client: Client) -> None:
    # No database mark: a query would fail the test.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Portal-Release"] == release()
    assert response.cookies == {}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_whoever_asks_needs_no_name_of_the_host(client: Client, settings: Any, db: None, path: str) -> None:
    settings.ALLOWED_HOSTS = ["www.example.org"]
    assert client.get(path, headers={"Host": "10.0.0.7:8001"}).status_code == {"/healthz": 200, "/readyz": 503}[path]
    assert client.get("/", headers={"Host": "10.0.0.7:8001"}).status_code == 400


@pytest.fixture
def details(client: Client, settings: Any, db: None) -> Any:
    """Return a function that asks for the details with the token."""
    settings.READINESS_TOKEN = "ein-Kennwort"

    def ask() -> tuple[int, dict[str, Any]]:
        response = client.get("/readyz", headers={"Authorization": "Bearer ein-Kennwort"})
        return response.status_code, json.loads(response.content)["checks"]

    return ask


@pytest.fixture
def worker(db: None) -> WorkerHeartbeat:
    return WorkerHeartbeat.objects.create(worker="muster:1", beat_at=timezone.now())


def test_ready(worker: WorkerHeartbeat, details: Any) -> None:
    assert details() == (200, dict.fromkeys(("database", "migrations", "storage", "mail", "worker", "disk"), FINE))


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer falsch"}, {"Authorization": "Basic ein-Kennwort"}])
def test_details_only_with_the_token(
    client: Client, settings: Any, worker: WorkerHeartbeat, header: dict[str, str]
) -> None:
    settings.READINESS_TOKEN = "ein-Kennwort"
    response = client.get("/readyz", headers=header)
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert response.headers["Cache-Control"] == "no-store"


def test_without_a_token_in_the_settings_nobody_sees_details(client: Client, settings: Any, db: None) -> None:
    settings.READINESS_TOKEN = ""
    response = client.get("/readyz", headers={"Authorization": "Bearer "})
    assert (response.status_code, response.content) == (503, b"not ready\n")


def test_a_silent_worker_and_a_mail_that_waits_are_told(worker: WorkerHeartbeat, details: Any) -> None:
    now = timezone.now()
    WorkerHeartbeat.objects.update(beat_at=now - dt.timedelta(seconds=90))
    for state, minutes in ((MailState.RETRY, 45), (MailState.SENT, 500)):
        QueuedMail.objects.create(
            kind="muster", object_id=1, state=state, created_at=now - dt.timedelta(minutes=minutes)
        )
    status, checks = details()
    assert status == 503
    assert checks["mail"] == {"ok": False, "detail": "oldest unsent mail waits 45 minutes"}
    assert checks["worker"] == {"ok": False, "detail": "silent for 90 seconds"}
    assert checks["database"] == FINE


def test_what_cannot_be_looked_at_has_failed(
    worker: WorkerHeartbeat, details: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise OperationalError('FATAL: role "geheim" does not exist')

    monkeypatch.setitem(readiness.CHECKS, "database", fail)
    monkeypatch.setattr(readiness, "LEAST_FREE_BYTES", 2**62)
    status, checks = details()
    assert status == 503
    assert checks["database"] == {"ok": False, "detail": "OperationalError"}
    assert checks["disk"]["ok"] is False


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "PRIVATE_MEDIA_ROOT", "PUBLISHED_ROOT"])
def test_a_folder_that_is_not_there_is_told_and_not_made(
    worker: WorkerHeartbeat, details: Any, settings: Any, tmp_path: Path, name: str
) -> None:
    missing = tmp_path / "nicht-eingehaengt"
    setattr(settings, name, str(missing))
    status, checks = details()
    assert (status, checks["storage"]) == (503, {"ok": False, "detail": "FileNotFoundError"})
    assert not missing.exists()


def test_missing_migrations_are_counted(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr("portal.readiness.MigrationExecutor.migration_plan", lambda *_: [("a", False)] * 2)
    assert readiness.check_migrations() == "2 migrations missing"
