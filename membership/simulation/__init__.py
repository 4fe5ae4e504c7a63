"""What a draft of the dues order would change, before it is published: case by case, on screen and as a workbook.

A case is a question put to both orders. Today all cases are samples (``samples``); whoever knows people with dues
builds a list of the same ``Case`` and hands it to ``compare``.
"""

from membership.simulation.comparison import Case, Comparison, Line, compare
from membership.simulation.samples import SampleFigures, sample_cases

__all__ = ["Case", "Comparison", "Line", "SampleFigures", "compare", "sample_cases"]
