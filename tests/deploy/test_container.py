"""The container files, read as strictly as can be without an engine: what they name is there, what they run runs."""

import json
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml

from portal.launcher.rollout import Instance
from portal.launcher.settings_file import parse
from portal.places import BASE_DIR
from tests.conftest import REQUIRE_ALL

CONTAINER = BASE_DIR / "deploy" / "container"
SAMPLE = (BASE_DIR / "deploy" / "environment.sample").read_text()
COMPOSE = (CONTAINER / "compose.yaml").read_text()
# Line by line, what ends in a backslash joined.
INSTRUCTIONS = re.sub(r"\\\n\s*", "", (CONTAINER / "Containerfile").read_text()).splitlines()


@pytest.fixture(scope="module")
def compose_spec() -> Any:
    if REQUIRE_ALL:
        import compose_spec

        return compose_spec
    return pytest.importorskip("compose_spec", reason="„compose-spec“ ist nicht installiert.")


@pytest.mark.parametrize(
    ("part", "other", "refusal"),
    [
        ("", "", None),
        ("read_only: true", "read_only: vielleicht", "expected a boolean"),
        ("condition: service_healthy", "condition: service_helthy", "service_helthy"),
        ("restart: unless-stopped", "restrat: unless-stopped", "restrat"),
    ],
)
def test_compose_file_is_what_the_specification_allows(
    compose_spec: Any, part: str, other: str, refusal: str | None
) -> None:
    # Aliases and merges are YAML's matter; the specification is about what they lead to.
    described = json.dumps(yaml.safe_load(COMPOSE.replace(part, other) if part else COMPOSE))
    if refusal is None:
        compose_spec.PyCompose.from_json(described).validate()
        return
    with pytest.raises(Exception, match=refusal):
        compose_spec.PyCompose.from_json(described).validate()


def test_services_are_asked_and_given_what_they_have() -> None:
    services = yaml.safe_load(COMPOSE)["services"]
    silenced = [name for name, service in services.items() if service.get("healthcheck") == {"disable": True}]
    assert silenced == ["prepare", "worker"]
    assert services["nginx"]["depends_on"] == {name: {"condition": "service_healthy"} for name in ("web1", "web2")}
    # Volumes and secrets that services name are declared.
    described = yaml.safe_load(COMPOSE)
    mounted = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", ())}
    assert {name for name in mounted if "/" not in name} == set(described["volumes"])
    assert {name for service in services.values() for name in service.get("secrets", ())} == set(described["secrets"])


def test_what_the_image_is_made_of_is_there() -> None:
    ignored = (BASE_DIR / ".dockerignore").read_text().splitlines()
    copied = [line.split()[1] for line in INSTRUCTIONS if line.startswith("COPY ")]
    (command,) = [json.loads(line.removeprefix("CMD ")) for line in INSTRUCTIONS if line.startswith("CMD ")]
    named = [*copied, *(argument for argument in command if argument.startswith("deploy/"))]

    assert copied == ["requirements/runtime.txt", "."]
    assert named == [*copied, "deploy/granian-log.json"]
    assert [name for name in named if not (BASE_DIR / name).exists()] == []
    assert [name for name in named if name in ignored or name.split("/")[0] in ignored] == []


def test_variables_are_those_of_the_sample() -> None:
    sample = set(re.findall(r"^(?:# )?([A-Z_]+)=", SAMPLE, re.MULTILINE))
    head = COMPOSE.partition("name:")[0]
    told = set(re.findall(r"\b([A-Z]+_[A-Z_]+)=", head))
    image = {
        name
        for line in INSTRUCTIONS
        if line.startswith("ENV ")
        for name in re.findall(r"\b((?:PORTAL|DJANGO)_[A-Z_]+)=", line)
    }

    assert told == {"DATABASE_URL", "REDIS_URL", "PORTAL_VAR", "PORTAL_PUBLISHED", "PORTAL_INTERNAL_MEDIA"}
    assert image == {"DJANGO_SETTINGS_MODULE", "PORTAL_VAR"}
    assert (told | image) - sample == set()
    # The services that the addresses name are there.
    services = yaml.safe_load(COMPOSE)["services"]
    hosts = set(re.findall(r"(?:@|redis://)(\w+):\d+/", head))
    assert (hosts, hosts - set(services)) == ({"database", "redis"}, set())
    assert parse(SAMPLE)["PORTAL_VAR"] == "/var/lib/lag-portal"


@pytest.mark.faults
def test_the_images_own_check_finds_a_server_alive(instances: list[Instance]) -> None:
    """The command of HEALTHCHECK, asked at a port that is another one here."""
    (check,) = [line for line in INSTRUCTIONS if line.startswith("HEALTHCHECK ")]
    _, *arguments = json.loads(check[check.index("[") :])
    ended = []
    for port in (str(instances[0].port), "1"):
        command = [sys.executable, *(argument.replace("8001", port) for argument in arguments)]
        ended.append(subprocess.run(command, check=False, capture_output=True).returncode)
    assert ended == [0, 1]
