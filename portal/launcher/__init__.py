"""What ``make run`` and ``make dev`` do, from the bare machine to the running portal.

``system_packages`` and ``environment`` run on the system's Python before anything is installed, so they import nothing
but the standard library; ``python -m portal.launcher`` runs in the virtual environment they make.
"""
