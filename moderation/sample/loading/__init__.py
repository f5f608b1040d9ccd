"""Making the sample data happen through the portal's own verbs, and removing it again.

The small register is written row by row, the whole ward is brought in by the portal's own import;
every letter is sent, prepared, screened, handled, answered
and judged by the verbs that pages and the worker call, at moments of the
last four months, or of two years.
"""

from moderation.sample.loading.clearing import clear
from moderation.sample.loading.filling import CANNOT_LOAD, load
from moderation.sample.loading.introducing import PASSWORD, introduction
from moderation.sample.loading.marking import NotEmpty, is_loaded, is_whole
from moderation.sample.loading.proving import NoCode, one_time_code

__all__ = [
    "CANNOT_LOAD",
    "PASSWORD",
    "NoCode",
    "NotEmpty",
    "clear",
    "introduction",
    "is_loaded",
    "is_whole",
    "load",
    "one_time_code",
]
