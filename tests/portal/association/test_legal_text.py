"""Legal texts: numbered per kind, frozen once published, in force by date."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.association.enums import LegalTextKind
from portal.association.models import FrozenText, LegalText
from tests.factories.association import create_legal_text
from tests.portal.parallel import at_once

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 22)
FROZEN = (
    "Dieser Rechtstext ist veröffentlicht und wird nicht mehr geändert oder gelöscht. "
    "Legen Sie stattdessen eine neue Fassung an."
)


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to(NOW, tick=False)


def test_versions_are_numbered_by_kind_and_language():
    texts = [
        create_legal_text(published=False),
        create_legal_text(published=False),
        create_legal_text(published=False, language="en"),
        create_legal_text(LegalTextKind.DECLARATION, published=False),
    ]

    assert [text.version for text in texts] == [1, 2, 1, 1]


def test_a_number_is_given_once():
    create_legal_text(published=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        create_legal_text(published=False, version=1)


def test_publishing_freezes_with_a_hash_and_a_day():
    text = create_legal_text(published=False, in_force_from=None)
    text.publish()

    text.refresh_from_db()
    assert (text.published_at, text.in_force_from, len(text.content_hash)) == (NOW, TODAY, 64)
    assert text.content_hash == text.compute_hash()


def test_the_hash_covers_every_word():
    texts = [
        LegalText(kind="statutes", version=1, title="Satzung", body="<p>a</p>"),
        LegalText(kind="statutes", version=1, title="Satzung", body="<p>b</p>"),
        LegalText(kind="statutes", version=1, title="Satzung ", body="<p>a</p>"),
        LegalText(kind="statutes", version=2, title="Satzung", body="<p>a</p>"),
        LegalText(kind="declaration", version=1, title="Satzung", body="<p>a</p>"),
        LegalText(kind="statutes", version=1, title="Satzung", body="<p>a</p>", language="en"),
    ]

    assert len({text.compute_hash() for text in texts}) == 6


@pytest.mark.parametrize("name", ["title", "body", "kind", "language", "content_hash"])
def test_a_published_text_is_not_changed(name):
    text = create_legal_text()
    setattr(text, name, "statuten" if name == "kind" else "en")

    with pytest.raises(FrozenText) as caught:
        text.save()

    assert caught.value.messages == [FROZEN]
    assert LegalText.objects.get().compute_hash() == LegalText.objects.get().content_hash


def test_a_published_text_is_not_withdrawn_or_moved():
    text = create_legal_text()
    for name, value in (("published_at", None), ("in_force_from", dt.date(2027, 1, 1)), ("version", 9)):
        changed = LegalText.objects.get(pk=text.pk)
        setattr(changed, name, value)
        with pytest.raises(FrozenText):
            changed.save()


def test_there_is_no_way_round_by_query():
    published = create_legal_text()
    create_legal_text(published=False)

    for attempt in (
        published.delete,
        LegalText.objects.all().delete,
        lambda: LegalText.objects.update(title="Anders"),
    ):
        with pytest.raises(FrozenText):
            attempt()

    assert list(LegalText.objects.order_by("version").values_list("title", flat=True)) == ["Satzung"] * 2


def test_an_unchanged_published_text_may_be_saved_and_drafts_change_freely():
    create_legal_text().save()
    draft = create_legal_text(published=False)
    draft.body = "<p>neu</p>"
    draft.save()
    LegalText.objects.drafts().update(title="Entwurf")
    draft.refresh_from_db()
    assert (draft.body, draft.title) == ("<p>neu</p>", "Entwurf")

    draft.delete()
    assert LegalText.objects.count() == 1


def test_publishing_twice_is_refused():
    text = create_legal_text(published=False)
    same_text_elsewhere = LegalText.objects.get(pk=text.pk)
    text.publish()

    for again in (text, same_text_elsewhere):
        with pytest.raises(FrozenText):
            again.publish(in_force_from=dt.date(2030, 1, 1))

    assert LegalText.objects.get().in_force_from == dt.date(2020, 1, 1)


def test_the_version_in_force_follows_from_the_day():
    first = create_legal_text(in_force_from=dt.date(2020, 1, 1))
    second = create_legal_text(in_force_from=dt.date(2026, 12, 1))
    create_legal_text(published=False, in_force_from=dt.date(2021, 1, 1))
    create_legal_text(LegalTextKind.DECLARATION, in_force_from=dt.date(2026, 1, 1))
    days = {
        dt.date(2019, 12, 31): None,
        dt.date(2020, 1, 1): first,
        dt.date(2026, 11, 30): first,
        dt.date(2026, 12, 1): second,
    }

    assert {day: LegalText.objects.in_force("statutes", day) for day in days} == days
    assert LegalText.objects.in_force(LegalTextKind.STATUTES) == first
    assert LegalText.objects.in_force("statutes", language="en") is None
    assert (first.is_in_force, second.is_in_force) == (True, False)


def test_of_two_versions_of_one_day_the_later_one_applies():
    create_legal_text(in_force_from=TODAY)
    second = create_legal_text(in_force_from=TODAY)

    assert LegalText.objects.in_force("statutes") == second


def test_the_day_changes_at_midnight_in_germany(time_machine):
    tomorrow = create_legal_text(in_force_from=dt.date(2026, 11, 23))
    time_machine.move_to(dt.datetime(2026, 11, 22, 22, 59, tzinfo=dt.UTC), tick=False)
    assert LegalText.objects.in_force("statutes") is None
    time_machine.move_to(dt.datetime(2026, 11, 22, 23, 0, tzinfo=dt.UTC), tick=False)
    assert LegalText.objects.in_force("statutes") == tomorrow


def test_a_version_that_could_never_come_into_force_is_refused():
    create_legal_text(in_force_from=dt.date(2026, 12, 1))
    draft = create_legal_text(published=False, in_force_from=dt.date(2026, 11, 30))

    with pytest.raises(ValidationError) as caught:
        draft.publish()

    assert caught.value.messages == [
        "Eine veröffentlichte Fassung gilt schon ab dem 01.12.2026. Bitte wählen Sie diesen oder einen späteren Tag."
    ]
    draft.refresh_from_db()
    assert draft.is_published is False


def test_a_new_version_is_a_draft_with_the_same_words():
    text = create_legal_text()
    draft = text.new_version()

    assert (draft.version, draft.is_published, draft.in_force_from, draft.content_hash) == (2, False, None, "")
    assert (draft.kind, draft.title, draft.body, draft.language) == (text.kind, text.title, text.body, text.language)
    assert LegalText.objects.in_force("statutes") == text


@pytest.mark.django_db(transaction=True)
def test_of_several_people_who_publish_at_once_one_does():
    draft = create_legal_text(published=False)
    days = [dt.date(2026, 12, day) for day in (1, 2, 3, 4)]
    answers = at_once(4, lambda number: LegalText.objects.get(pk=draft.pk).publish(in_force_from=days[number]))

    assert [type(answer) for answer in answers].count(FrozenText) == 3
    [day] = [days[number] for number, answer in enumerate(answers) if answer is None]
    assert LegalText.objects.get().in_force_from == day


@pytest.mark.django_db(transaction=True)
def test_new_versions_made_at_once_get_numbers_of_their_own():
    text = create_legal_text()
    drafts = at_once(4, lambda _number: LegalText.objects.get(pk=text.pk).new_version())

    assert sorted(draft.version for draft in drafts) == [2, 3, 4, 5]
