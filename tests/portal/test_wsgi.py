"""The web server starts with what every answer needs, and no more."""

import subprocess
import sys

# What only some answers need: it costs memory in every process, and time at every start.
PROGRAM = """
import sys
import portal.wsgi
print(sorted({"HanTa", "numpy", "openpyxl", "weasyprint"} & sys.modules.keys()))
"""


def test_what_only_some_answers_need_is_not_loaded() -> None:
    result = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"
