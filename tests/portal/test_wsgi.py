"""The web server starts with what every answer needs, and no more."""

import subprocess
import sys

# What only some answers need: it costs memory in every process, and time at every start.
HEAVY = (
    *("HanTa", "numpy", "openpyxl", "weasyprint", "pikepdf", "pypdfium2", "icalendar"),
    *("segno", "schwifty", "stdnum", "pycountry"),
)
PROGRAM = """
import sys
from wsgiref.util import setup_testing_defaults
from portal.wsgi import application
for path in {paths}:
    request = {{"PATH_INFO": path, "HTTP_HOST": "{host}", "HTTP_X_FORWARDED_PROTO": "https"}}
    setup_testing_defaults(request)
    statuses = []
    for _ in application(request, lambda status, *_: statuses.append(status)):
        pass
    print(path, *statuses)
print(sorted({heavy} & sys.modules.keys()), sys.dont_write_bytecode)
"""


def program(paths: tuple[str, ...], *, host: str) -> str:
    """Return Python that answers requests as the web server does, and says what of ``HEAVY`` it has loaded."""
    return PROGRAM.format(paths=paths, host=host, heavy=set(HEAVY))


def test_what_only_some_answers_need_is_not_loaded_at_the_start() -> None:
    done = subprocess.run(
        [sys.executable, "-c", program(("/healthz",), host="localhost")], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-2:] == ["/healthz 200 OK", "[] True"]
