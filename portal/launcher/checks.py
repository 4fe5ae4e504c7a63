"""What must hold before the portal starts, each with one German sentence for when it does not."""

import errno
import os
import socket
import tempfile
from pathlib import Path

from portal.launcher.terminal import LauncherError

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
HIGHEST_PORT = 65_535


def port_from(text: str) -> int:
    """Return the port that PORT asks for.

    Raises LauncherError for anything but a port number.
    """
    if not text:
        return DEFAULT_PORT
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= HIGHEST_PORT:
        raise LauncherError(f"PORT muss eine Zahl von 1 bis {HIGHEST_PORT} sein, nicht „{text}“.")
    return int(text)


def check_port_is_free(port: int) -> None:
    """Raise LauncherError when nobody could listen at ``port``."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        # A port that was in use a moment ago counts as free, as it does for the server itself.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen()
        except OSError as error:
            raise LauncherError(_why_not_bound(port, error)) from error


def _why_not_bound(port: int, error: OSError) -> str:
    if error.errno == errno.EACCES:
        return f"Port {port} ist Systemdiensten vorbehalten; mit einem höheren geht es: make run PORT=8001"
    other = port + 1 if port < HIGHEST_PORT else DEFAULT_PORT
    return f"Port {port} ist schon belegt; mit einem anderen geht es: make run PORT={other}"


def check_folder_is_writable(folder: Path) -> None:
    """Make ``folder`` and raise LauncherError when nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
        for entry in folder.iterdir():
            if not os.access(entry, os.W_OK):
                raise PermissionError(errno.EACCES, "not writable", str(entry))
    except OSError as error:
        raise LauncherError(_why_not_written(folder, error)) from error


def _why_not_written(folder: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"Der Datenträger von {folder} ist voll."
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return f"{folder} ist kein Ordner; das Portal braucht dort einen (PORTAL_VAR nennt einen anderen)."
    # The name of the file tried is of no use to anybody; something that is there already is.
    named = Path(str(error.filename or ""))
    place = named if named.parent == folder and named.exists() else folder
    return f"In {place} darf nicht geschrieben werden; ein anderer Ordner geht so: make run PORTAL_VAR=ORDNER"
