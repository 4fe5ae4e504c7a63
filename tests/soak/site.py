"""nginx as it is shipped: site, TLS and limits of deploy/nginx, the two servers of deploy/container/upstream.conf.

Where root runs the tests, it answers as Debian's own user does, which has no rights of its own: only those of the
portal's group, into which deploy/install puts it.
"""

import grp
import os
import re
import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal.places import BASE_DIR
from tests.e2e.running_portal import free_port
from tests.portal.delivery.servers import HOST, Installation, Visitor, nginx_main, wait_for

DEPLOY = BASE_DIR / "deploy"


@dataclass
class Site:
    """The ports of a running nginx, and what its certificate is known by."""

    plain: int
    secure: int
    tls: ssl.SSLContext
    log: Path

    def visitor(self) -> Visitor:
        """Return somebody who comes over TLS."""
        return Visitor(self.secure, tls=self.tls)


def start_site(installation: Installation, ports: list[int]) -> Site:
    """Start nginx before the servers at these two ports; it stops with the installation."""
    folder = installation.folder / "nginx"
    tls = make_certificate(folder / "tls")
    site = Site(free_port(), free_port(), tls, folder / "error.log")
    configuration = folder / "nginx.conf"
    configuration.write_text(_configuration(folder, installation, ports, site))
    installation.start("nginx", [str(shutil.which("nginx")), "-p", str(folder), "-c", str(configuration)])
    wait_for(site.plain, "/healthz")
    return site


def make_certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate as deploy/install does; return what trusts it."""
    folder.mkdir(parents=True)
    command = [str(shutil.which("openssl")), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)
    return ssl.create_default_context(cafile=str(folder / "fullchain.pem"))


def _configuration(folder: Path, installation: Installation, ports: list[int], site: Site) -> str:
    """Return the main file; the shipped ones are included with other places and ports, and nothing else changed."""
    published = installation.environment["PORTAL_PUBLISHED"]
    servers = iter(ports)
    for file in [*(DEPLOY / "nginx").glob("*.conf"), DEPLOY / "container" / "upstream.conf"]:
        text = file.read_text()
        for there, here in (
            ("${PORTAL_HOST}", HOST),
            ("/etc/lag-portal/tls", str(folder / "tls")),
            ("/etc/nginx/lag-portal", str(folder)),
            ("/var/lib/lag-portal/published", published),
            ("/var/lib/lag-portal", installation.environment["PORTAL_VAR"]),
            ("listen 80", f"listen 127.0.0.1:{site.plain}"),
            ("listen 443", f"listen 127.0.0.1:{site.secure}"),
        ):
            text = text.replace(there, here)
        text = re.sub(r"^\s*listen \[::\].*$", "", text, flags=re.MULTILINE)
        text = re.sub(r"server web\d:8001", lambda _match: f"server 127.0.0.1:{next(servers)}", text)
        (folder / file.name).write_text(text)
    portal_group = grp.getgrgid(os.getegid()).gr_name
    includes = ("published-map.conf", "upstream.conf", "unknown.conf", "site.conf")
    includes_of = " ".join(f"include {folder}/{name};" for name in includes)
    return nginx_main(folder, f"include /etc/nginx/mime.types; {includes_of}", user=f"www-data {portal_group}")
