"""An empty Debian with systemd in namespaces of its own: nothing is installed, started or listened to outside of it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

from portal.places import BASE_DIR

INCLUDED = "systemd,systemd-sysv,dbus,ca-certificates,git,iproute2,python3-venv"
INIT = "/lib/systemd/systemd"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Where checkout and wheels lie, seen from within. Wheels are fetched beforehand: the box has no network but its own.
HOME = "/srv"
WITHIN = {"PATH": PATH, "HOME": HOME, "LANG": "C.UTF-8", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": f"{HOME}/wheels"}
BOOT = """
set -eu
mount --make-rprivate /
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
for each in null zero full random urandom tty; do touch dev/$each; mount --bind /dev/$each dev/$each; done
mkdir dev/shm dev/pts && mount -t tmpfs -o mode=1777 tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts && ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin; ln -s /proc/self/fd/1 dev/stdout; ln -s /proc/self/fd/2 dev/stderr
# The kernel's settings are the whole machine's.
ln -sf /dev/null etc/systemd/system/systemd-sysctl.service
hostname box
ip link set lo up
export container=unshare
exec chroot . """


def why_not() -> str:
    """Return what keeps a box from being made here; empty when nothing does."""
    missing = [name for name in ("debootstrap", "unshare", "nsenter", "git") if shutil.which(name) is None]
    if missing:
        return f"{', '.join(missing)} ist nicht installiert."
    if os.geteuid() != 0:
        return "Nur root kann ein eigenes Debian starten."
    if unified() is None:
        return "Es gibt keine beschreibbare cgroup der zweiten Fassung."
    return ""


def unified() -> Path | None:
    """Return where control groups of the second version are mounted for writing."""
    for line in Path("/proc/mounts").read_text().splitlines():
        _, place, kind, options, *_ = line.split()
        if kind == "cgroup2" and "rw" in options.split(","):
            return Path(place)
    return None


@dataclass
class Box:
    """``root`` is its file system; ``source`` (below it) a checkout of what lies here now."""

    root: Path
    init: int = 0
    boot: "subprocess.Popen[bytes] | None" = None

    @property
    def source(self) -> Path:
        return self.home / "lag-portal"

    @property
    def home(self) -> Path:
        return self.root / HOME.strip("/")

    @property
    def group(self) -> Path:
        return (unified() or Path("/sys/fs/cgroup")) / f"lag-portal-box-{os.getpid()}"

    def build(self) -> None:
        """Make an empty Debian, and lay in what deploy/install will fetch."""
        _done("debootstrap", "--variant=minbase", f"--include={INCLUDED}", "bookworm", str(self.root))
        shutil.copy("/etc/resolv.conf", self.root / "etc" / "resolv.conf")
        (self.root / "etc" / "hosts").write_text("127.0.0.1 localhost box\n")
        self.commit("the first version")
        install = (self.source / "deploy" / "install").read_text()
        packages = " ".join(re.findall(r"wanted\+?=\(([^)]*)\)", install)).split()
        inside = ["chroot", str(self.root)]
        _done(*inside, "apt-get", "update", "-qq")
        _done(*inside, "apt-get", "install", "-y", "-q", "--no-install-recommends", "--download-only", *packages)
        version = _done(*inside, "python3", "-c", "import platform; print(platform.python_version())").strip()
        wanted = self.home / "requirements.txt"
        wanted.write_text(requirements_for(version))
        fetch = [sys.executable, "-m", "pip", "download", "-q", "--only-binary", ":all:", "--python-version", version]
        _done(*fetch, "--no-deps", "--require-hashes", "-d", str(self.home / "wheels"), "-r", str(wanted))

    def commit(self, message: str) -> str:
        """Commit the files that lie here, and what a test has changed in the box's checkout; return the revision."""
        git = ["git", "-C", str(self.source), "-c", "user.name=box", "-c", "user.email=box@example.org"]
        if not self.source.exists():
            self.source.mkdir(parents=True)
            _done(*git, "init", "-q")
            listed = _done("git", "-C", str(BASE_DIR), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            for name in filter(None, listed.split("\0")):
                if not name.startswith("tests/") and (BASE_DIR / name).is_file():
                    (self.source / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(BASE_DIR / name, self.source / name)
        _done(*git, "add", "--all")
        _done(*git, "commit", "-q", "-m", message)
        return _done(*git, "rev-parse", "HEAD").strip()

    def start(self) -> None:
        """Boot its systemd; return once it takes orders."""
        self.group.mkdir()
        enter = f'echo $$ >"{self.group}/cgroup.procs" && exec unshare -mpnuiC --fork bash -c "$2" box "$1"'
        with (self.root.parent / "boot.log").open("wb") as log:
            command = ["bash", "-c", enter, "box", str(self.root), BOOT + INIT]
            self.boot = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while True:
            children = Path(f"/proc/{self.boot.pid}/task/{self.boot.pid}/children").read_text().split()
            if children and Path(f"/proc/{children[0]}/cmdline").read_bytes().startswith(INIT.encode()):
                self.init = int(children[0])
                if self.run("systemctl", "is-system-running", expect=None).strip() in {"running", "degraded"}:
                    return
            assert time.monotonic() < deadline, (self.root.parent / "boot.log").read_text()
            time.sleep(0.5)

    def run(self, *command: str, expect: int | None = 0) -> str:
        """Run a command inside; return what it printed."""
        done = self.popen(*command)
        told, _ = done.communicate()
        assert expect is None or done.returncode == expect, told
        return told

    def popen(self, *command: str) -> "subprocess.Popen[str]":
        enter = [str(shutil.which("nsenter")), "-t", str(self.init), "-a", "-r", "-w", *command]
        return subprocess.Popen(enter, env=WITHIN, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def install(self, *arguments: str, expect: int = 0) -> str:
        """Run deploy/install from the checkout."""
        return self.run(
            "bash", "-c", f'cd {HOME}/lag-portal && deploy/install "$@"', "install", *arguments, expect=expect
        )

    def stop(self) -> None:
        """End everything in it, and leave no control group behind."""
        if self.init:
            os.kill(self.init, signal.SIGKILL)
        if self.boot is not None:
            self.boot.wait()
        groups = [self.group, *(folder for folder in self.group.rglob("*") if folder.is_dir())]
        for folder in sorted(groups, key=lambda folder: len(folder.parts), reverse=True):
            if folder.exists():
                folder.rmdir()


def requirements_for(version: str) -> str:
    """Return the locked packages that this Python wants; pip itself would ask the Python it runs under."""
    lines = (BASE_DIR / "requirements" / "runtime.txt").read_text().replace("\\\n", " ").splitlines()
    found = (re.fullmatch(r"(\S+==\S+)\s*(?:;(.*?))?\s+(--hash.*)", line.strip()) for line in lines)
    here = {"python_full_version": version, "python_version": version.rpartition(".")[0]}
    return "".join(
        f"{each[1]} {each[3]}\n" for each in found if each and (not each[2] or Marker(each[2]).evaluate(here))
    )


def _done(*command: str) -> str:
    done = subprocess.run(
        command,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"LC_ALL": "C"},
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout
