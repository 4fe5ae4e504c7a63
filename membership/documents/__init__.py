"""The papers: the blank form to fill in, the prefilled application to sign, the statutes, resolutions of the board."""

from membership.documents.application import render_application
from membership.documents.downloads import render_blank_form, render_statutes
from membership.documents.own_data import render_own_data
from membership.documents.resolution import render_resolution

__all__ = ["render_application", "render_blank_form", "render_own_data", "render_resolution", "render_statutes"]
