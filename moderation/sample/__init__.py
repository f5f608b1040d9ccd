"""The sample data: an invented province, ward, people and letters.

The words lie in ``data/``, one table or letter after the other, and hold no real person.
``records`` and ``stories`` read them, ``loading`` makes them happen in a database. ``whole`` makes
the small sample, which tests load, the whole ward that ``make run`` shows.
"""

from moderation.sample.loading import (
    CANNOT_LOAD,
    PASSWORD,
    NoCode,
    NotEmpty,
    clear,
    introduction,
    is_loaded,
    is_whole,
    load,
    one_time_code,
)

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
