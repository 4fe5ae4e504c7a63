"""The worker: sends mails that are due and runs periodic jobs, until it is told to stop."""

import datetime as dt
import logging
import os
import signal
import socket
import threading
from types import FrameType

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from portal.mailing.errors import error_class, whereabouts
from portal.mailing.models import PeriodicRun, WorkerHeartbeat
from portal.mailing.periodic import PeriodicJob, periodic_jobs
from portal.mailing.sending import claim_next, give_up_abandoned, send

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0
HEARTBEAT_EVERY = dt.timedelta(seconds=15)
# How long the worker waits for a database that went away.
DATABASE_PAUSE_SECONDS = 2.0
# What is under way when the worker is told to stop may take so long; then it is interrupted and put back.
GRACE_SECONDS = 0.7


class WorkerInterrupted(BaseException):
    """The worker was told to stop and the time to finish is over. No ``except Exception`` catches it."""


class Worker:
    """One worker process. Several may run beside each other; no mail and no job is taken twice."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"[:80]
        self.stopping = threading.Event()
        self._last_beat: dt.datetime | None = None

    def stop(self, signal_number: int = 0, frame: FrameType | None = None) -> None:
        """Ask the worker to stop; a mail that hangs is put back after a short time of grace. A signal handler."""
        self.stopping.set()
        if signal_number:
            signal.signal(signal.SIGALRM, _interrupt)
            signal.setitimer(signal.ITIMER_REAL, GRACE_SECONDS)

    def run(self) -> None:
        """Work until stopped. A database that goes away is waited for."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        try:
            while not self.stopping.is_set():
                self.stopping.wait(self._round())
            self.say_goodbye()
        except WorkerInterrupted:
            logger.warning("worker stopped in the middle of its work")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def run_once(self) -> None:
        """Do everything that is due now, then return."""
        self.beat()
        self.run_periodic_jobs()
        self.send_due_mails()

    def beat(self) -> None:
        """Leave a sign of life, not more often than ``HEARTBEAT_EVERY``."""
        now = timezone.now()
        if self._last_beat is None or now - self._last_beat >= HEARTBEAT_EVERY:
            WorkerHeartbeat.objects.update_or_create(worker=self.name, defaults={"beat_at": now})
            WorkerHeartbeat.objects.filter(beat_at__lt=now - dt.timedelta(days=1)).delete()
            self._last_beat = now

    def say_goodbye(self) -> None:
        """Take the sign of life back: nobody has to wonder about a worker that ended in good order."""
        WorkerHeartbeat.objects.filter(worker=self.name).delete()

    def run_periodic_jobs(self) -> None:
        """Run every job whose time has come and that no other worker runs."""
        for job in periodic_jobs():
            if self.stopping.is_set():
                return
            if claim_job(job):
                run_job(job)

    def send_due_mails(self) -> int:
        """Send mails until none is due; returns how many were tried."""
        tried = 0
        give_up_abandoned()
        while not self.stopping.is_set() and (mail := claim_next()):
            send(mail)
            tried += 1
            self.beat()
        return tried

    def _round(self) -> float:
        """Do what is due; returns how many seconds to wait before the next round."""
        close_old_connections()
        try:
            self.run_once()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("database not available: %s", whereabouts(error))
            self._last_beat = None
            return DATABASE_PAUSE_SECONDS
        return POLL_SECONDS


def claim_job(job: PeriodicJob) -> bool:
    """Whether the job's time has come and this process is the one to run it."""
    now = timezone.now()
    run, is_new = PeriodicRun.objects.get_or_create(name=job.name, defaults={"started_at": now})
    if is_new:
        return True
    if run.started_at > now - job.every:
        return False
    return bool(PeriodicRun.objects.filter(name=job.name, started_at=run.started_at).update(started_at=now))


def run_job(job: PeriodicJob) -> None:
    """Run one job; its failure is logged and noted, and its next run comes all the same."""
    error_name = ""
    try:
        job.run()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a job raises, the worker goes on
        error_name = error_class(error)
        logger.error("periodic job %s failed: %s", job.name, whereabouts(error))
    PeriodicRun.objects.filter(name=job.name).update(error=error_name)


def latest_heartbeat() -> dt.datetime | None:
    """Return the last sign of life of any worker, or None when none runs."""
    return WorkerHeartbeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()


def _interrupt(signal_number: int, frame: FrameType | None) -> None:
    raise WorkerInterrupted
