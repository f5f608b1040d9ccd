"""Making the sample data happen through the portal's own verbs, and removing it again.

The register is written row by row; every letter is sent, prepared, screened, handled, answered
and judged by the verbs that pages and the worker call, at moments of the last four months.
"""

from moderation.sample.loading.clearing import clear
from moderation.sample.loading.filling import CANNOT_LOAD, load
from moderation.sample.loading.introducing import PASSWORD, introduction
from moderation.sample.loading.marking import NotEmpty, is_loaded
from moderation.sample.loading.proving import NoCode, one_time_code

__all__ = [
    "CANNOT_LOAD",
    "PASSWORD",
    "NoCode",
    "NotEmpty",
    "clear",
    "introduction",
    "is_loaded",
    "load",
    "one_time_code",
]
