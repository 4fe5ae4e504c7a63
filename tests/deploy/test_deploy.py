"""What a server is set up from: units that systemd takes and that shut the portal in, scripts without slips, and a
sample environment that explains every variable."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from portal.places import BASE_DIR

DEPLOY = BASE_DIR / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
# systemd's own scale from 0 (shut in) to 10; what it calls „OK“ ends at 2.
HIGHEST_EXPOSURE = 2.0
# A call that is refused must not kill: numpy makes one that it can do without.
SHUT_IN = ("ProtectSystem=strict", "NoNewPrivileges=yes", "User=lag-portal", "SystemCallErrorNumber=EPERM")


def tool(name: str) -> str:
    """Return the path of a program from Debian's packages; with REQUIRE_ALL it has to be there."""
    path = shutil.which(name)
    if path is None and os.environ.get("REQUIRE_ALL") != "1":
        pytest.skip(f"„{name}“ ist nicht installiert.")
    assert path is not None, f"{name} is missing"
    return path


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_systemd_takes_every_unit(tmp_path: Path) -> None:
    for unit in UNITS:
        # The paths of a server are not here; what stands in their place exists.
        text = unit.read_text().replace("file:/opt/lag-portal/current", "file:/usr/share/doc")
        text = text.replace("/opt/lag-portal/current", str(tmp_path))
        text = re.sub(r"^(User|Group)=lag-portal$", r"\1=root", text, flags=re.MULTILINE)
        (tmp_path / unit.name).write_text(text)
    assert run(tool("systemd-analyze"), "verify", *(str(tmp_path / unit.name) for unit in UNITS)) == ""


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_services_are_shut_in(unit: Path) -> None:
    report = run(tool("systemd-analyze"), "security", "--offline=true", "--no-pager", str(unit))
    found = re.search(r"Overall exposure level for [\w.@-]+: ([\d.]+)", report)
    assert found is not None
    assert float(found[1]) <= HIGHEST_EXPOSURE
    text = unit.read_text()
    assert [line for line in SHUT_IN if line not in text] == []


@pytest.mark.parametrize("script", ["deploy/install", ".ci/run"])
def test_scripts_have_no_slips(script: str) -> None:
    assert run(tool("shellcheck"), str(BASE_DIR / script)) == ""


def test_sample_environment_explains_every_variable() -> None:
    asked = set()
    for settings in (BASE_DIR / "portal" / "settings").glob("*.py"):
        asked |= set(re.findall(r"(?:env\.\w+|required)\(\s*\"([A-Z_]+)\"", settings.read_text()))
    sample = (DEPLOY / "environment.sample").read_text()
    explained = set(re.findall(r"^(?:# )?([A-Z_]+)=", sample, re.MULTILINE))
    assert asked - explained == set()


def test_two_application_servers_share_what_the_documents_say() -> None:
    compose = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text())
    services = compose["services"]
    assert sorted(services) == ["database", "nginx", "prepare", "redis", "web1", "web2", "worker"]
    ours = [services[name] for name in ("prepare", "web1", "web2", "worker")]
    assert {tuple(service["volumes"]) for service in ours} == {("state:/var/lib/lag-portal",)}
    assert {(service["read_only"], tuple(service["cap_drop"])) for service in ours} == {(True, ("ALL",))}
    # What nginx mounts from the repository is there, but for what an operator brings.
    mounted = [volume.split(":")[0] for volume in services["nginx"]["volumes"] if volume.startswith(".")]
    missing = [name for name in mounted if not (DEPLOY / "container" / name).exists()]
    assert missing == ["./tls"]
    servers = (DEPLOY / "container" / "upstream.conf").read_text()
    assert re.findall(r"server (\w+):8001 max_fails=0;", servers) == ["web1", "web2"]


def test_the_servers_own_lines_are_json_without_anybodys_address() -> None:
    configuration = json.loads((DEPLOY / "granian-log.json").read_text())
    said = "from granian.log import configure_logging, logger; import json, sys"
    said += "; configure_logging('warning', json.loads(sys.argv[1]))"
    said += "; logger.info('leise'); logger.error('Fehler bei person@example.org')"
    done = subprocess.run(
        [sys.executable, "-c", said, json.dumps(configuration)],
        capture_output=True,
        text=True,
        cwd=BASE_DIR,
        check=True,
    )
    (line,) = (done.stdout + done.stderr).splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["logger"], entry["message"]) == ("ERROR", "_granian", "Fehler bei [E-Mail]")
    unit = (DEPLOY / "systemd" / "lag-portal-web@.service").read_text()
    assert "--log-config deploy/granian-log.json" in unit
