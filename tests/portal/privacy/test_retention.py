"""Periods, rules, and what the command and the worker make of them."""

import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from portal.mailing.models import MailState, QueuedMail
from portal.mailing.periodic import periodic_jobs
from portal.privacy import audit, retention
from portal.privacy.models import AuditEntry, RetentionPeriod, Unit
from portal.privacy.retention import Period, apply_all, apply_rule, rule_named

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("period", "begun", "over"),
    [
        (Period(14), dt.datetime(2026, 1, 1, 12, tzinfo=BERLIN), dt.datetime(2026, 1, 15, 12, tzinfo=BERLIN)),
        (
            Period(6, Unit.MONTHS),
            dt.datetime(2026, 1, 31, 9, tzinfo=BERLIN),
            dt.datetime(2026, 7, 31, 9, tzinfo=BERLIN),
        ),
        (
            Period(6, Unit.MONTHS),
            dt.datetime(2026, 8, 31, 9, tzinfo=BERLIN),
            dt.datetime(2027, 2, 28, 9, tzinfo=BERLIN),
        ),
        (Period(1, Unit.MONTHS), dt.datetime(2026, 12, 5, 9, tzinfo=BERLIN), dt.datetime(2027, 1, 5, 9, tzinfo=BERLIN)),
    ],
)
def test_a_period_ends_on_the_day_people_expect(period, begun, over):
    assert period.after(begun) == over


def test_months_are_counted_back_over_the_turn_of_the_year():
    assert Period(6, Unit.MONTHS).before(dt.datetime(2027, 3, 31, 9, tzinfo=BERLIN)) == dt.datetime(
        2026, 9, 30, 9, tzinfo=BERLIN
    )


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(1), "1 Tag"),
        (Period(14), "14 Tagen"),
        (Period(1, Unit.MONTHS), "1 Monat"),
        (Period(6, Unit.MONTHS), "6 Monaten"),
    ],
)
def test_a_period_in_words(period, words):
    assert str(period) == words


@pytest.mark.django_db
def test_the_defaults_are_those_of_the_rules_and_can_be_set():
    assert {rule.name: (rule.default.number, rule.default.unit) for rule in retention.rules()}.items() >= {
        "unconfirmed_applications": (14, Unit.DAYS),
        "closed_applications": (6, Unit.MONTHS),
        "cosignatory_emails": (30, Unit.DAYS),
        "logs_views": (90, Unit.DAYS),
        "logs_mails": (90, Unit.DAYS),
    }.items()
    RetentionPeriod.objects.create(rule="logs_views", number=30)
    assert rule_named("logs_views").period == Period(30)


def test_two_rules_of_one_name_are_refused():
    rule = rule_named("logs_views")
    retention.register_rule(rule)
    with pytest.raises(ValueError, match="logs_views"):
        retention.register_rule(retention.RetentionRule(**{**vars(rule), "label": "andere"}))


@pytest.fixture
def viewed(db):
    """Two views and one step, noted 90 days ago and a day less."""
    subject = Group.objects.create(name="Beispiel")
    now = timezone.now()
    old = audit.record(subject, "application_opened")
    young = audit.record(subject, "application_opened")
    step = audit.record(subject, "application_confirmed")
    for entry, days in ((old, 90), (young, 89), (step, 400)):
        super(type(AuditEntry.objects.all()), AuditEntry.objects.filter(pk=entry.pk)).update(
            at=now - dt.timedelta(days=days)
        )
    return now, old, young, step


def test_views_go_after_ninety_days_and_steps_stay(viewed):
    now, _old, young, step = viewed
    rule = rule_named("logs_views")
    assert apply_rule(rule, now - dt.timedelta(seconds=1)) == 0
    assert apply_rule(rule, now) == 1
    assert apply_rule(rule, now) == 0
    assert set(AuditEntry.objects.values_list("pk", flat=True)) == {young.pk, step.pk}


def test_the_report_says_what_is_due_and_what_follows(viewed):
    now, old, young, _step = viewed
    [(due, following)] = [
        (due, following) for rule, due, following in retention.preview(now) if rule.name == "logs_views"
    ]
    assert due == [old]
    assert following == AuditEntry.objects.get(pk=young.pk).at + dt.timedelta(days=90)


def test_the_dry_run_shows_and_removes_nothing(viewed):
    out = io.StringIO()
    call_command("apply_retention", "--dry-run", stdout=out)
    lines = out.getvalue().splitlines()
    [line] = [line for line in lines if line.startswith("Protokoll: wer was angesehen hat")]
    assert line.startswith(
        "Protokoll: wer was angesehen hat (nach 90 Tagen ab dem Ansehen): 1 würden gelöscht; als Nächstes: "
    )
    assert AuditEntry.objects.count() == 3
    call_command("apply_retention", stdout=out)
    assert AuditEntry.objects.count() == 2
    assert "Protokoll: wer was angesehen hat: 1 gelöscht" in out.getvalue()


@pytest.mark.django_db
def test_lines_of_finished_mails_go_and_waiting_ones_stay(time_machine):
    now = timezone.now()
    long_ago = now - dt.timedelta(days=90)
    sent = QueuedMail.objects.create(kind="a", object_id=1, state=MailState.SENT, sent_at=long_ago)
    waiting = QueuedMail.objects.create(kind="b", object_id=1, created_at=long_ago, next_attempt_at=long_ago)
    fresh = QueuedMail.objects.create(kind="c", object_id=1, state=MailState.SENT, sent_at=now)
    assert apply_rule(rule_named("logs_mails"), now) == 1
    assert set(QueuedMail.objects.all()) == {waiting, fresh}
    assert sent not in QueuedMail.objects.all()


@pytest.mark.django_db
def test_a_rule_that_fails_does_not_hold_up_the_others(viewed, monkeypatch):
    def fail(rule, now=None):
        if rule.name != "logs_views":
            raise RuntimeError("Beispiel")
        return original(rule, now)

    original = retention.apply_rule
    monkeypatch.setattr(retention, "apply_rule", fail)
    with pytest.raises(RuntimeError, match="Beispiel"):
        apply_all()
    assert AuditEntry.objects.count() == 2


def test_the_worker_applies_them_daily():
    [job] = [job for job in periodic_jobs() if job.name == "retention"]
    assert (job.run, job.every) == (apply_all, dt.timedelta(days=1))
