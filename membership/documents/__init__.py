"""The papers of an application: the blank form to fill in, the prefilled application to sign, the statutes."""

from membership.documents.application import render_application
from membership.documents.downloads import render_blank_form, render_statutes

__all__ = ["render_application", "render_blank_form", "render_statutes"]
