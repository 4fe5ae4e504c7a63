"""A mail server for the tests: real SMTP on a port of this machine, as friendly or unfriendly as a test wants it."""

import email
import socketserver
import threading
import time
from email import policy
from email.message import EmailMessage
from enum import Enum, auto

WAIT_SECONDS = 60


class Mood(Enum):
    """How the server behaves to whoever connects next."""

    TAKES = auto()
    REFUSES = auto()
    """Says at once that it cannot take anything now (421)."""
    REFUSES_ONE = auto()
    """Does not know the address in ``unknown`` (550), and takes everything else."""
    HANGS = auto()
    """Takes the connection and says nothing."""
    DROPS_AFTER_DATA = auto()
    """Has taken a mail, and closes the connection instead of saying so."""
    HOLDS = auto()
    """Has taken mail number ``hold_at``, or a later one, and says so only when its mood is better."""


class MailServer:
    """Keeps what was delivered; ``mood`` decides what happens to the next mails."""

    def __init__(self) -> None:
        self.mood = Mood.TAKES
        self.unknown = ""
        self.hold_at = 1
        self.delivered: list[EmailMessage] = []
        self.connections = 0
        handler = type("Handler", (_Conversation,), {"owner": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False


class _Conversation(socketserver.StreamRequestHandler):
    """One connection, as RFC 5321 has it."""

    owner: MailServer
    timeout = WAIT_SECONDS

    def handle(self) -> None:
        self.owner.connections += 1
        try:
            self._talk()
        except OSError:
            # Whoever talked to us has gone.
            return

    def _talk(self) -> None:
        if self.owner.mood is Mood.HANGS:
            self.rfile.readline()
            return
        if self.owner.mood is Mood.REFUSES:
            self._say("421 not now")
            return
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line.strip().upper()
            if verb.startswith(b"DATA"):
                if not self._take():
                    return
            elif verb.startswith(b"QUIT"):
                self._say("221 bye")
                return
            elif verb.startswith(b"RCPT") and self._is_unknown(line):
                self._say("550 no such mailbox")
            else:
                self._say("250 ok")

    def _is_unknown(self, line: bytes) -> bool:
        return self.owner.mood is Mood.REFUSES_ONE and self.owner.unknown.encode() in line

    def _take(self) -> bool:
        """Take a mail; whether the connection goes on."""
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        message = email.message_from_bytes(b"".join(lines), policy=policy.default)
        self.owner.delivered.append(message)
        number = len(self.owner.delivered)
        while self.owner.mood is Mood.HOLDS and number >= self.owner.hold_at:
            time.sleep(0.02)
        if self.owner.mood is Mood.DROPS_AFTER_DATA:
            return False
        self._say("250 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
