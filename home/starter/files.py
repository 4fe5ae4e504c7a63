"""Reading the files of the starter content, with messages that name the file."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CONTENT_DIR = Path(__file__).resolve().parents[1] / "starter_content"


class StarterContentError(Exception):
    """A file of the starter content says something that cannot be loaded."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")


@dataclass(frozen=True)
class Entry:
    """One thing to load: where it is written down, its name there, and what is said about it."""

    source: str
    name: str
    values: dict[str, Any]

    @property
    def fingerprint(self) -> str:
        """What changes when the entry's text does (SHA-256, 64 hexadecimal digits)."""
        text = json.dumps(self.values, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def error(self, problem: str) -> StarterContentError:
        """Return an error that names the file."""
        return StarterContentError(self.source, problem)


def read_yaml(path: Path) -> Any:
    """Return a file's content; an empty file is an empty mapping."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise StarterContentError(path.name, str(error)) from error


def read_mapping(name: str) -> Entry:
    """Return the one entry a file such as ``settings.yaml`` consists of."""
    return Entry(source=name, name=Path(name).stem, values=read_yaml(CONTENT_DIR / name))


def read_list(name: str) -> list[Entry]:
    """Return the entries of a file that is a list, such as ``pictures.yaml``; each has a ``name``."""
    return [Entry(source=name, name=row["name"], values=row) for row in read_yaml(CONTENT_DIR / name)]


def read_folder(name: str) -> list[Entry]:
    """Return one entry per YAML file of a folder, in the order of their names."""
    paths = sorted((CONTENT_DIR / name).glob("*.yaml"))
    return [Entry(source=f"{name}/{path.name}", name=path.stem, values=read_yaml(path)) for path in paths]


def read_texts(name: str) -> list[Entry]:
    """Return one entry per Markdown file of a folder: what its head says, and ``text``."""
    return [_read_text(path, f"{name}/{path.name}") for path in sorted((CONTENT_DIR / name).glob("*.md"))]


def _read_text(path: Path, source: str) -> Entry:
    head, separator, text = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    if not separator:
        raise StarterContentError(source, "the head between two lines of --- is missing")
    return Entry(source=source, name=path.stem, values={**yaml.safe_load(head), "text": text.strip()})
