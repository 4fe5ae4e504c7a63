"""Put a release into service on a server, so that the portal answers all the while.

A release is a folder of its own below ``releases``, with its own virtual environment; the link ``current`` says which
one is started, ``previous`` which one was before. The application server runs as several instances of one systemd
unit. They are started anew one after the other: the web server passes on to the others meanwhile. An instance has done
it once it answers and names the new release; if it does not, the link goes back, and so do the instances.

Run as ``python3 -m portal.launcher.rollout RELEASE`` (``previous`` is the way back): standard library only.
"""

import hashlib
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.launcher.settings_file import parse
from portal.launcher.terminal import LauncherError, complain, say

ROOT = Path("/opt/lag-portal")
SETTINGS = Path("/etc/lag-portal/environment")
UNITS = Path("/etc/systemd/system")
ENABLED = "lag-portal-web.target.wants"
WORKER = "lag-portal-worker.service"
START_SECONDS = 90.0
HEADER = "X-Portal-Release"
ASK = "from portal.release import release; print(release())"


@dataclass(frozen=True)
class Instance:
    """One application server: its unit, and where it listens."""

    unit: str
    address: str
    port: int

    def answering_release(self) -> str:
        """Return which release answers; empty when nobody does."""
        try:
            with urllib.request.urlopen(f"http://{self.address}:{self.port}/healthz", timeout=5) as answer:
                return answer.headers.get(HEADER) or ""
        except OSError:
            return ""


def name_of(release: Path) -> str:
    """Return by which name the code in this folder answers."""
    done = subprocess.run(  # noqa: S603 - our own code
        [str(release / "venv" / "bin" / "python"), "-c", ASK], cwd=release, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def point(link: Path, release: Path) -> None:
    """Let ``link`` show the release; whoever looks finds the one or the other, never nothing."""
    fresh = link.with_name(f"{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(release.relative_to(link.parent))
    fresh.replace(link)


def roll_out(
    release: Path,
    instances: Sequence[Instance],
    restart: Callable[[str], None],
    *,
    root: Path = ROOT,
    seconds: float = START_SECONDS,
) -> None:
    """Let the instances run ``release``, one after the other; LauncherError when they do not, with all as before."""
    current = root / "current"
    before = current.resolve() if current.exists() else None
    point(current, release)
    for count, instance in enumerate(instances, start=1):
        if _starts(instance, release, restart, seconds):
            continue
        if before is None or before == release:
            raise LauncherError(
                f"{instance.unit} antwortet nicht mit dieser Fassung. Mehr steht in: journalctl -u {instance.unit}"
            )
        point(current, before)
        silent = [each.unit for each in instances[:count] if not _starts(each, before, restart, seconds)]
        raise LauncherError(
            f"{instance.unit} antwortet nicht mit der neuen Fassung; "
            + (
                f"auch mit der bisherigen antwortet nicht: {', '.join(silent)}."
                if silent
                else "es läuft die bisherige."
            )
            + f" Mehr steht in: journalctl -u {instance.unit}"
        )
    if before not in {None, release}:
        point(root / "previous", before)  # type: ignore[arg-type]


def _starts(instance: Instance, release: Path, restart: Callable[[str], None], seconds: float) -> bool:
    """Start the instance anew; return whether it names the release before the time is over."""
    wanted = name_of(release)
    restart(instance.unit)
    deadline = time.monotonic() + seconds
    while instance.answering_release() != wanted:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def instances_of(settings: dict[str, str], units: Path) -> list[Instance]:
    """Return the instances that are switched on below ``units``: each is named after its port."""
    address = settings.get("GRANIAN_HOST") or "127.0.0.1"
    # What listens everywhere is asked here.
    address = "127.0.0.1" if address == "0.0.0.0" else address  # noqa: S104 - compared, not bound
    names = sorted(unit.name for unit in (units / ENABLED).glob("lag-portal-web@*.service"))
    return [Instance(name, address, int(name.partition("@")[2].removesuffix(".service"))) for name in names]


def restart_unit(unit: str) -> None:
    """Start a unit anew; whether it then does its work is another question."""
    subprocess.run(["systemctl", "restart", unit], check=False)  # noqa: S603, S607 - on the server's own path


def state_of(release: Path) -> str:
    """Return what must stay the same for running services to be up to date: code, settings and units."""
    digest = hashlib.sha256(f"{release.name} ".encode() + SETTINGS.read_bytes())
    for unit in sorted(UNITS.glob("lag-portal-*")):
        if unit.is_file():
            digest.update(unit.read_bytes())
    return digest.hexdigest()


def remove_others(root: Path, kept: set[Path]) -> None:
    """Remove all releases but those in service and the one before."""
    for release in (root / "releases").iterdir():
        if release not in kept:
            shutil.rmtree(release)


def serve(release: Path, *, root: Path) -> bool:
    """Put ``release`` into service; return whether anything had to be started anew."""
    instances = instances_of(parse(SETTINGS.read_text()), UNITS)
    if not instances:
        raise LauncherError("Kein Anwendungsserver ist eingeschaltet (lag-portal-web@8001).")
    stamp, wanted = root / "running.sha256", name_of(release)
    state = state_of(release)
    is_up_to_date = (root / "current").resolve() == release and stamp.is_file() and stamp.read_text() == state
    if is_up_to_date and all(instance.answering_release() == wanted for instance in instances):
        return False
    stamp.unlink(missing_ok=True)
    roll_out(release, instances, restart_unit, root=root)
    if (UNITS / "multi-user.target.wants" / WORKER).exists():
        restart_unit(WORKER)
    stamp.write_text(state)
    previous = root / "previous"
    remove_others(root, {release} | ({previous.resolve()} if previous.exists() else set()))
    return True


def main(arguments: list[str]) -> int:
    (name,) = arguments
    release = (ROOT / name).resolve() if name == "previous" else ROOT / "releases" / name
    if not (release / "venv").is_dir():
        complain("Eine Fassung davor gibt es hier nicht." if name == "previous" else f"{release} gibt es nicht.")
        return 1
    try:
        if serve(release, root=ROOT):
            say(f"In Betrieb ist jetzt {release.name}.")
    except (LauncherError, OSError, subprocess.CalledProcessError) as error:
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
