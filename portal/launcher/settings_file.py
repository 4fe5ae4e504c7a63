"""The file with a server's settings, read and written by the rules of systemd's ``EnvironmentFile=``.

Run as ``python3 -m portal.launcher.settings_file``: standard library only. It is never handed to a shell, which would
run what stands in a password::

    get FILE NAME                      print a setting
    fill SAMPLE                        print the sample, filled in from standard input (NAME=VALUE, a NUL after each)
    run FILE USER COMMAND ARGUMENT…    become a command of this user, with the settings as its environment
"""

import os
import pwd
import re
import sys
from pathlib import Path

from portal.launcher.terminal import LauncherError, complain

PLAIN = re.compile(r"[\w@%+=:,./~-]*", re.ASCII)
# What a backslash takes its meaning from between double quotes; before anything else it stands for itself.
ESCAPED = frozenset('"\\`$')
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# What the portal writes is for its user and the web server's group.
MASK = 0o027


def parse(text: str) -> dict[str, str]:
    """Return the settings that ``text`` names, as systemd reads them."""
    settings = {}
    reader = _Reader(text)
    while (name := reader.name()) is not None:
        settings[name] = reader.value()
    return settings


class _Reader:
    """Reads names and values from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def name(self) -> str | None:
        """Return the next name, with the reader behind its equals sign; None at the end."""
        while found := re.compile(r"\s*(?:[#;](?:\\.|[^\\\n])*|[^=\n]*)(?:\n|$)", re.DOTALL).match(self.text, self.at):
            if found.end() == len(self.text):
                return None
            self.at = found.end()
        return self._take(r"\s*([^=\n]*)=").rstrip()

    def value(self) -> str:
        """Return what stands up to the end of the line, without quotes and escapes."""
        parts = []
        while (kind := self._after_blanks()) not in {"\n", ""}:
            parts.append(self._single() if kind == "'" else self._double() if kind == '"' else self._bare())
        self.at += 1
        return "".join(parts)

    def _after_blanks(self) -> str:
        while self.text[self.at : self.at + 1] in {" ", "\t", "\r"}:
            self.at += 1
        return self.text[self.at : self.at + 1]

    def _take(self, pattern: str) -> str:
        found = re.compile(pattern, re.DOTALL).match(self.text, self.at)
        if found is None:
            raise LauncherError("Die Einstellungen sind nicht zu lesen.")
        self.at = found.end()
        return found[1]

    def _single(self) -> str:
        return self._take(r"'([^']*)(?:'|$)")

    def _double(self) -> str:
        inside = self._take(r'"((?:\\.|[^"\\])*)(?:"|$)')
        return re.sub(
            r"\\(.)",
            lambda found: found[1] if found[1] in ESCAPED else "" if found[1] == "\n" else found[0],
            inside,
            flags=re.DOTALL,
        )

    def _bare(self) -> str:
        inside = self._take(r"((?:\\.|[^\\\n])*)")
        # Blanks at the end count only where a backslash keeps them.
        inside = re.sub(r"((?:\\.|[^\\\s]|\s+(?=\S))*)\s*$", r"\1", inside, flags=re.DOTALL)
        return re.sub(r"\\(.)", lambda found: "" if found[1] == "\n" else found[1], inside, flags=re.DOTALL)


def quoted(value: str) -> str:
    """Return ``value`` as it is written behind the equals sign; LauncherError where it cannot stand in one line."""
    if any(not character.isprintable() for character in value):
        raise LauncherError("Eine Einstellung enthält ein Steuerzeichen oder einen Zeilenumbruch.")
    if PLAIN.fullmatch(value):
        return value
    return '"' + "".join(f"\\{each}" if each in ESCAPED else each for each in value) + '"'


def filled(sample: str, values: dict[str, str]) -> str:
    """Return the ``sample`` with these values, also where it leaves a setting out („# NAME=…“)."""
    for name, value in values.items():
        parts = re.split(rf"^(?:# )?{name}=.*$", sample, flags=re.MULTILINE)
        if len(parts) != 2:
            raise LauncherError(f"Das Muster der Einstellungen nennt {name} nicht genau einmal.")
        sample = f"{name}={quoted(value)}".join(parts)
    return sample


def run(settings: dict[str, str], user: str, command: list[str]) -> None:
    """Become ``command``, as ``user`` and with nothing in the environment but the settings."""
    person = pwd.getpwnam(user)
    if os.getuid() != person.pw_uid:
        os.initgroups(user, person.pw_gid)
        os.setgid(person.pw_gid)
        os.setuid(person.pw_uid)
    os.umask(MASK)
    own = {"PATH": PATH, "HOME": person.pw_dir, "USER": user, "LOGNAME": user, "LANG": "C.UTF-8"}
    os.execvpe(command[0], command, own | settings)  # noqa: S606 - no shell is what is wanted


def main(arguments: list[str]) -> int:
    action, file, *rest = arguments
    try:
        text = Path(file).read_text()
        if action == "get":
            sys.stdout.write(parse(text).get(rest[0], "") + "\n")
        elif action == "fill":
            given = (line.partition("=") for line in sys.stdin.read().split("\0") if line)
            sys.stdout.write(filled(text, {name: value for name, _, value in given}))
        else:
            run(parse(text), rest[0], rest[1:])
    except (LauncherError, OSError) as error:
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
