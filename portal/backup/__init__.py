"""Backups: everything an installation holds in one encrypted archive, and the way back.

``create`` writes an archive, ``restore`` reads one into an empty installation, ``archive`` is the container both share,
``tables`` the rows of the database, ``manifest`` what an archive says of itself. docs/betrieb.md tells operators how.
"""
