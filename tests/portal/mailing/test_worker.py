"""The worker: rounds, periodic jobs, sign of life, and how it stops."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from portal.mailing import periodic
from portal.mailing.models import MailState, PeriodicRun, QueuedMail, WorkerHeartbeat
from portal.mailing.worker import Worker, claim_job, latest_heartbeat, run_job
from tests.factories.mailing import create_mail, make_message, registered
from tests.portal.parallel import at_once

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def jobs(monkeypatch):
    """An empty list of periodic jobs."""
    monkeypatch.setattr(periodic, "_jobs", {})


@pytest.mark.django_db
def test_run_worker_once_does_what_is_due_and_leaves_no_sign_of_life(jobs, mailoutbox):
    calls = []
    periodic.register_periodic("tests.count", MINUTE, lambda: calls.append(1))
    create_mail()

    with registered(lambda pk: [make_message(pk)]):
        call_command("run_worker", once=True)

    assert calls == [1]
    assert [message.subject for message in mailoutbox] == ["Hinweis 1"]
    assert latest_heartbeat() is None


@pytest.mark.django_db
def test_one_bad_mail_does_not_hold_up_the_others(jobs, mailoutbox):
    def compose(pk):
        if pk == 1:
            raise ValueError
        return [make_message(pk)]

    create_mail(object_id=1)
    create_mail(object_id=2)

    with registered(compose):
        assert Worker().send_due_mails() == 2

    assert list(QueuedMail.objects.order_by("object_id").values_list("state", flat=True)) == ["retry", "sent"]


@pytest.mark.django_db
def test_a_job_runs_again_when_its_time_has_come(jobs, time_machine):
    job = periodic.PeriodicJob("tests.count", MINUTE, lambda: None)
    time_machine.move_to(NOW, tick=False)
    answers = [claim_job(job), claim_job(job)]
    time_machine.move_to(NOW + MINUTE - dt.timedelta(seconds=1), tick=False)
    answers.append(claim_job(job))
    time_machine.move_to(NOW + MINUTE, tick=False)
    answers += [claim_job(job), claim_job(job)]

    assert answers == [True, False, False, True, False]


@pytest.mark.django_db(transaction=True)
def test_a_job_is_taken_by_one_of_several_workers():
    job = periodic.PeriodicJob("tests.count", MINUTE, lambda: None)

    assert sorted(at_once(4, lambda _number: claim_job(job))) == [False, False, False, True]
    PeriodicRun.objects.update(started_at=timezone.now() - 2 * MINUTE)
    assert sorted(at_once(4, lambda _number: claim_job(job))) == [False, False, False, True]


@pytest.mark.django_db
def test_a_failing_job_is_noted_without_its_message(jobs, caplog):
    def fail():
        raise ValueError("anna@example.org")

    job = periodic.PeriodicJob("tests.fail", MINUTE, fail)
    claim_job(job)
    run_job(job)

    assert PeriodicRun.objects.get(name="tests.fail").error == "ValueError"
    assert "ValueError in test_worker.py:" in caplog.text
    assert "anna@" not in caplog.text

    job = periodic.PeriodicJob("tests.fail", MINUTE, lambda: None)
    run_job(job)
    assert PeriodicRun.objects.get(name="tests.fail").error == ""


def test_a_job_is_registered_once(jobs):
    def job():
        pass

    periodic.register_periodic("tests.job", MINUTE, job)
    periodic.register_periodic("tests.job", MINUTE, job)
    with pytest.raises(ValueError, match="registered twice"):
        periodic.register_periodic("tests.job", MINUTE, lambda: None)

    assert [known.run for known in periodic.periodic_jobs()] == [job]


def test_the_portal_publishes_what_was_scheduled_every_minute():
    every = {job.name: job.every for job in periodic.periodic_jobs()}

    assert every["publish_scheduled"] == MINUTE


@pytest.mark.django_db
def test_the_sign_of_life_is_renewed_and_old_ones_are_forgotten(time_machine):
    time_machine.move_to(NOW, tick=False)
    WorkerHeartbeat.objects.create(worker="alt", beat_at=NOW - dt.timedelta(days=2))
    worker = Worker()
    worker.beat()
    time_machine.move_to(NOW + dt.timedelta(seconds=14), tick=False)
    worker.beat()
    assert latest_heartbeat() == NOW
    time_machine.move_to(NOW + dt.timedelta(seconds=15), tick=False)
    worker.beat()

    assert list(WorkerHeartbeat.objects.values_list("worker", "beat_at")) == [
        (worker.name, NOW + dt.timedelta(seconds=15))
    ]


@pytest.mark.django_db
def test_a_lost_database_is_waited_for(monkeypatch):
    worker = Worker()

    def lost():
        raise OperationalError("gone")

    monkeypatch.setattr(worker, "run_once", lost)
    monkeypatch.setattr("portal.mailing.worker.close_old_connections", lambda: None)

    assert worker._round() == 2.0


@pytest.mark.django_db(transaction=True)
def test_a_stopped_worker_takes_no_further_mail(jobs):
    create_mail()
    create_mail()
    worker = Worker()

    def compose(pk):
        worker.stop()
        return [make_message(pk)]

    with registered(compose):
        assert worker.send_due_mails() == 1

    assert list(QueuedMail.objects.order_by("pk").values_list("state", flat=True)) == ["sent", "queued"]


@pytest.fixture
def worker_process() -> Iterator[subprocess.Popen[str]]:
    """A real worker process on the test database; its mails of the tests' kind hang."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.portal.mailing.hanging_worker", str(connection.settings_dict["NAME"])],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"},
    ) as process:
        yield process
        process.kill()


def wait_for(process: subprocess.Popen[str], line: str) -> None:
    """Read the process's output up to ``line``; a process that says nothing is killed."""
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    try:
        assert process.stdout is not None
        while (read := process.stdout.readline()) != line + "\n":
            assert read, "the worker ended early"
    finally:
        watchdog.cancel()


@pytest.mark.django_db(transaction=True)
def test_an_idle_worker_stops_at_once(worker_process):
    wait_for(worker_process, "started")
    for _try in range(200):
        if latest_heartbeat():
            break
        time.sleep(0.1)
    worker_process.send_signal(signal.SIGTERM)

    # A second on a quiet machine; what a loaded one needs to end a process is not the worker's.
    assert worker_process.wait(timeout=8) == 0
    assert latest_heartbeat() is None


@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_mail_server_hangs_stops_all_the_same_and_puts_the_mail_back(worker_process):
    create_mail()
    wait_for(worker_process, "composing")
    assert QueuedMail.objects.get().state == MailState.SENDING
    worker_process.send_signal(signal.SIGTERM)

    assert worker_process.wait(timeout=10) == 0
    waiting = QueuedMail.objects.get()
    assert (waiting.state, waiting.attempts) == ("retry", 0)


@pytest.mark.django_db(transaction=True)
def test_a_mail_survives_the_killing_of_its_worker(worker_process, mailoutbox):
    create_mail()
    wait_for(worker_process, "composing")
    worker_process.kill()
    worker_process.wait(timeout=10)

    QueuedMail.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=11))
    with registered(lambda pk: [make_message(pk)]):
        assert Worker().send_due_mails() == 1

    assert [message.subject for message in mailoutbox] == ["Hinweis 1"]
    assert QueuedMail.objects.get().state == MailState.SENT
