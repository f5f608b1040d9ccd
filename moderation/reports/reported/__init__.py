"""Figures that came from outside: from a paper, an article, or from before there was a portal.

They are told with their source, and added to nothing: neither to what the portal counts itself, nor
to each other. A ward's may be among those of its province, or may not; nobody can say.
"""

from moderation.reports.reported.keeping import (
    MOST,
    CannotReport,
    ReportedFacts,
    correct,
    report,
    strike,
)
from moderation.reports.reported.reading import (
    NoSuchFigure,
    ReportedLine,
    organisations_of,
    read_one,
    reported_lines,
)

__all__ = [
    "MOST",
    "CannotReport",
    "NoSuchFigure",
    "ReportedFacts",
    "ReportedLine",
    "correct",
    "organisations_of",
    "read_one",
    "report",
    "reported_lines",
    "strike",
]
