"""What keeps the portal from starting is said in one German sentence."""

import socket
from pathlib import Path

import pytest

from portal.launcher.checks import check_folder_is_writable, check_port_is_free, port_from
from portal.launcher.terminal import LauncherError


@pytest.mark.parametrize(("text", "port"), [("", 8000), ("8001", 8001), ("1", 1), ("65535", 65535)])
def test_port_is_read(text: str, port: int) -> None:
    assert port_from(text) == port


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80 80", "http", "8000.0", "²"])
def test_no_port_is_refused(text: str) -> None:
    with pytest.raises(LauncherError) as caught:
        port_from(text)
    assert str(caught.value) == f"PORT muss eine Zahl von 1 bis 65535 sein, nicht „{text}“."


def test_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(LauncherError) as caught:
            check_port_is_free(port)
    other = port + 1 if port < 65535 else 8000
    assert str(caught.value) == f"Port {port} ist schon belegt; mit einem anderen geht es: make run PORT={other}"


def test_port_that_was_just_given_up_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()
    check_port_is_free(port)


def test_folder_is_made(tmp_path: Path) -> None:
    check_folder_is_writable(tmp_path / "a" / "var")
    assert list((tmp_path / "a" / "var").iterdir()) == []


def test_file_instead_of_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "var"
    file.write_text("")
    with pytest.raises(LauncherError) as caught:
        check_folder_is_writable(file)
    assert str(caught.value) == (
        f"{file} ist kein Ordner; das Portal braucht dort einen (PORTAL_VAR nennt einen anderen)."
    )


def test_folder_without_the_right_to_write() -> None:
    # Not even root may make folders here.
    folder = Path("/proc/portal")
    with pytest.raises(LauncherError) as caught:
        check_folder_is_writable(folder)
    assert str(caught.value) == (
        f"In {folder} darf nicht geschrieben werden; ein anderer Ordner geht so: make run PORTAL_VAR=ORDNER"
    )


def test_a_folder_that_belongs_to_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**kwargs: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "tmpy670q6af"))

    monkeypatch.setattr("portal.launcher.checks.tempfile.TemporaryFile", refused)
    with pytest.raises(LauncherError) as caught:
        check_folder_is_writable(tmp_path)
    assert str(caught.value) == (
        f"In {tmp_path} darf nicht geschrieben werden; ein anderer Ordner geht so: make run PORTAL_VAR=ORDNER"
    )


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(**kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portal.launcher.checks.tempfile.TemporaryFile", no_space)
    with pytest.raises(LauncherError) as caught:
        check_folder_is_writable(tmp_path)
    assert str(caught.value) == f"Der Datenträger von {tmp_path} ist voll."
