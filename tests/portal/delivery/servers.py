"""Real processes for tests and benchmarks: an installation, application servers, Redis, and nginx in front of them."""

import http.client
import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg

from portal.deployment import filled_environment
from portal.launcher.commands import application_server
from portal.places import BASE_DIR
from tests.e2e.running_portal import free_port

HOST = "www.example.org"
# A machine that does other things as well may need long.
START_SECONDS = 300
NGINX = BASE_DIR / "deploy" / "nginx"
BOUNDARY = "8f1c0e5d7a"
INHERITED = {"PATH", "HOME", "VIRTUAL_ENV", "LANG"}
SESSION = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from portal.accounts.second_factor.session import DEVICE
from tests.factories.accounts import create_app
user = get_user_model().objects.get(is_superuser=True)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[DEVICE] = create_app(user).pk
session.save()
print(session.session_key)
"""


@dataclass
class Process:
    """A process of the test's own."""

    command: list[str]
    environment: dict[str, str]
    log: Path
    root: Path = BASE_DIR
    child: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(self.command, env=self.environment, cwd=self.root, stdout=log, stderr=log)

    def stop(self) -> None:
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        self.child = None


@dataclass
class Installation:
    """A portal with starter content, in production's settings, and the processes that were started for it."""

    folder: Path
    environment: dict[str, str]
    processes: list[Process] = field(default_factory=list)
    # Another project than ours, for benchmarks.
    root: Path = BASE_DIR
    application: str = "portal.wsgi:application"
    alive: str = "/healthz"

    def manage(self, *arguments: str, expect: int = 0) -> str:
        """Run a management command; return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout.strip()

    def run(self, code: str, *, expect: int = 0) -> str:
        """Run Python in a process of its own, with Django set up."""
        return self.manage("shell", "--no-imports", "-c", code, expect=expect)

    def start_server(self, *, wait: bool = True) -> int:
        """Start an application server; return its port, once it answers unless told otherwise."""
        port = free_port()
        self.start("server", [*application_server(port)[:-1], self.application])
        if wait:
            wait_for(port, self.alive)
        return port

    def start_nginx(self, ports: list[int], *, port: int | None = None) -> int:
        """Start nginx with the shipped configuration before the application servers; return its port."""
        port = port or free_port()
        configuration = self.folder / "nginx.conf"
        configuration.write_text(nginx_configuration(self.folder, port, ports, self.environment["PORTAL_PUBLISHED"]))
        self.start("nginx", [str(shutil.which("nginx")), "-p", str(self.folder), "-c", str(configuration)])
        wait_for(port, "/robots.txt")
        return port

    def start(self, name: str, command: list[str]) -> Process:
        process = Process(command, self.environment, self.folder / f"{name}.log", self.root)
        process.start()
        self.processes.append(process)
        return process

    def stop(self) -> None:
        for process in self.processes:
            if process.child is not None:
                process.child.terminate()
        for process in reversed(self.processes):
            process.stop()


def install(folder: Path, *, database_url: str, redis_url: str = "", **more: str) -> Installation:
    """Prepare an installation below ``folder``; ``more`` are variables of its environment.

    Settings of one's own look after static files by themselves.
    """
    folder.mkdir(parents=True, exist_ok=True)
    clean = {name: value for name, value in os.environ.items() if name in INHERITED}
    environment = clean | filled_environment(folder / "var")
    environment |= {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PORTAL_BASE_URL": f"https://{HOST}",
        "PORTAL_HOSTS": HOST,
        "PORTAL_PUBLISHED": str(folder / "published"),
        "PORTAL_ADMIN_PASSWORD": "ein-langes-Passwort-zum-Testen",
        "PYTHONUNBUFFERED": "1",
        **more,
    }
    installation = Installation(folder, environment)
    installation.manage("prepare_portal", *(["--no-static"] if "DJANGO_SETTINGS_MODULE" in more else []))
    return installation


def nginx_configuration(folder: Path, port: int, ports: list[int], published: str) -> str:
    """Return a configuration that includes the shipped one, with everything below ``folder``."""
    shipped = folder / "shipped"
    shipped.mkdir(exist_ok=True)
    for file in NGINX.glob("[lp]*.conf"):
        text = file.read_text().replace("/etc/nginx/lag-portal", str(shipped))
        (shipped / file.name).write_text(text.replace("/var/lib/lag-portal/published", published))
    servers = " ".join(f"server 127.0.0.1:{one} max_fails=0;" for one in ports)
    return nginx_main(
        folder,
        f"""
    server_tokens off; sendfile on; tcp_nopush on; keepalive_requests 100000;
    include {shipped}/published-map.conf;
    upstream portal {{ {servers} keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        location @portal {{
            proxy_pass http://portal; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https;
        }}
        location /limit/ {{ alias {folder}/limit/; default_type "text/html; charset=utf-8"; }}
        include {shipped}/published.conf;
    }}""",
    )


def nginx_main(folder: Path, http: str, *, user: str = "root") -> str:
    """Return the main file of an nginx that stays in the foreground and writes below ``folder`` alone.

    ``user`` answers where root starts it.
    """
    temporary = " ".join(
        f"{name}_temp_path {folder}/temporary;" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log warn; worker_processes 1;
{f"user {user};" if os.geteuid() == 0 else ""}
events {{ worker_connections 512; }}
http {{
    access_log off; {temporary}
    {http}
}}
"""


def wait_for(port: int, path: str) -> None:
    """Return once the server at ``port`` answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            Visitor(port).get(path)
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
    raise AssertionError(f"nobody answers at port {port}")


@contextmanager
def own_database(url: str, folder: Path, name: str) -> Iterator[str]:
    """Give the address of a new database beside the one ``url`` names, SQLite in ``folder`` where it names none."""
    address = urlsplit(url)
    if not url or address.scheme.startswith("sqlite"):
        folder.mkdir(parents=True, exist_ok=True)
        yield f"sqlite:///{folder}/{name}.sqlite3"
        return
    own = f"{name}_{os.getpid()}"
    with psycopg.connect(
        urlunsplit(address._replace(scheme="postgresql", path="/postgres")), autocommit=True
    ) as server:
        server.execute(f"CREATE DATABASE {own}")
        try:
            yield urlunsplit(address._replace(path=f"/{own}"))
        finally:
            server.execute(f"DROP DATABASE {own} WITH (FORCE)")


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: str


class Visitor:
    """Somebody at a server, with the cookies given; a new connection for every request, with ``tls`` over TLS."""

    def __init__(self, port: int, *, cookies: dict[str, str] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})
        self.tls = tls

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, data: "dict[str, str]") -> Answer:
        token = self.cookies.get("__Host-csrftoken", "")
        body = urlencode({**data, "csrfmiddlewaretoken": token})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def send_file(
        self, path: str, name: str, content: bytes, *, file_name: str = "datei", fields: dict[str, str] | None = None
    ) -> Answer:
        """Send a form with a file in the field ``name`` besides ``fields``."""
        token = self.cookies.get("__Host-csrftoken", "")
        head = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{each}"\r\n\r\n{value}\r\n'
            for each, value in {**(fields or {}), "csrfmiddlewaretoken": token}.items()
        )
        head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})

    def form(self, path: str, name: str = "title") -> dict[str, str]:
        """Return what the form at ``path`` that has a field ``name`` would send."""
        answer = self.get(path)
        assert answer.status == 200, (path, answer.status)
        reader = FormReader()
        reader.feed(answer.body)
        return next(fields for fields in reader.forms if name in fields)

    def _ask(self, method: str, path: str, body: str | bytes | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        if self.tls:
            # As browsers do: what is meant is the name, wherever it points.
            connection.connect()
            connection.sock = self.tls.wrap_socket(connection.sock, server_hostname=HOST)
        own = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
        if self.cookies:
            own["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body=body, headers=own | headers)
            response = connection.getresponse()
            for cookie in response.headers.get_all("Set-Cookie", []):
                found = re.match(r"([^=]+)=([^;]*)", cookie)
                assert found is not None
                self.cookies[found.group(1)] = found.group(2)
            content = response.read().decode(errors="replace")
            return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, content)
        finally:
            connection.close()


class FormReader(HTMLParser):
    """Collects what a browser would send of each form."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._fields: dict[str, str] | None = None
        self._text = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = {}
            self.forms.append(self._fields)
        if self._fields is None:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind not in {"submit", "button", "file"} and (kind not in {"checkbox", "radio"} or "checked" in given):
                self._fields[name] = given.get("value", "on" if kind == "checkbox" else "")
        elif tag == "textarea" and name:
            self._text, self._fields[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given and self._select:
            self._fields[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        elif tag == "textarea":
            self._text = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._text and self._fields is not None:
            self._fields[self._text] += data
