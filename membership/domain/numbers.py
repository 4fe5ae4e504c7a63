"""Numbers without gaps: given inside the transaction that needs them, so that a rollback gives them back."""

from membership.models import NumberSeries

MEMBERS = "members"


def resolutions_of(year: int) -> str:
    """Return the name of the series of a year's resolutions."""
    return f"resolutions-{year}"


def next_number(series: str) -> int:
    """Return the next number of ``series``: the lowest that came back, else one more than the last.

    The series is locked until the caller's transaction ends, so that two never get the same.
    """
    row = _locked(series)
    if row.returned:
        number = min(row.returned)
        row.returned = [each for each in row.returned if each != number]
    else:
        row.last = number = row.last + 1
    row.save(update_fields=["last", "returned"])
    return number


def give_back(series: str, number: int) -> None:
    """Let ``number`` be given again; nobody outside has learned of it."""
    row = _locked(series)
    if number == row.last:
        row.last -= 1
    else:
        row.returned = sorted({*row.returned, number})
    while row.last in row.returned:
        row.returned = [each for each in row.returned if each != row.last]
        row.last -= 1
    row.save(update_fields=["last", "returned"])


def _locked(series: str) -> NumberSeries:
    NumberSeries.objects.get_or_create(name=series)
    return NumberSeries.objects.select_for_update().get(name=series)
