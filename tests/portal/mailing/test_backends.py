"""Mails as files: readable by their owner, one line on the terminal."""

import email
import stat

from django.core.mail import EmailMessage

from portal.mailing.backends import FolderBackend


def test_each_mail_is_a_file_of_its_own(tmp_path, settings, capsys):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    messages = [EmailMessage(f"Nr. {n}", "Grüße", to=["ada@example.org"]) for n in (1, 2)]

    assert FolderBackend().send_messages(messages) == 2

    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert [email.message_from_bytes(file.read_bytes())["Subject"] for file in files] == ["Nr. 1", "Nr. 2"]
    assert "Grüße" in files[0].read_text(encoding="utf-8")
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "mail").stat().st_mode) == 0o700
    lines = capsys.readouterr().err.splitlines()
    assert lines == [f"E-Mail „Nr. {n}“ liegt in {file}" for n, file in zip((1, 2), files, strict=True)]
    assert "ada@" not in "".join(lines)
