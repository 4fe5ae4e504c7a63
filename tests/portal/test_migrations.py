"""While an update runs, processes of the version before go on: its migrations must not lock them out or break them."""

import pytest
from django.apps import apps
from django_migration_linter import MigrationLinter

from portal.places import BASE_DIR
from portal.release import ROOMS

# Written before anything ran: there was no version before them.
BEFORE_THE_FIRST_RELEASE = frozenset(
    {
        ("dues", "0002_initial"),
        ("membership", "0007_digital_confirmations"),
        ("membership", "0010_paper_edition"),
        ("search", "0003_stamp_entries"),
        # Widen columns, which old code does not notice.
        ("search", "0004_long_addresses"),
        ("membership", "0016_longer_folded_names"),
    }
)


def our_apps() -> list[str]:
    """Return the labels of the apps in our own rooms."""
    return [config.label for config in apps.get_app_configs() if config.name.partition(".")[0] in ROOMS]


@pytest.mark.postgres
@pytest.mark.django_db
def test_migrations_bear_the_version_before() -> None:
    """A column that old code leaves out needs ``db_default``; what old code reads must not be renamed or taken away."""
    linter = MigrationLinter(str(BASE_DIR), include_apps=our_apps(), no_cache=True)
    harmful = set()
    for name, migration in sorted(linter.migration_loader.disk_migrations.items()):
        before = linter.nb_erroneous
        linter.lint_migration(migration)
        if linter.nb_erroneous > before:
            harmful.add(name)

    assert harmful == BEFORE_THE_FIRST_RELEASE
