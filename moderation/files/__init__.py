"""Files of a case, as staff may have them: handed out, released, kept with a deed.

A moderator may open what residents sent. A committee opens what a moderator has released to it,
and what it keeps itself; no resident ever reads that.
"""

from moderation.files.finding import NoSuchFile
from moderation.files.keeping import deeds_of, keep_file
from moderation.files.opening import Opened, open_file
from moderation.files.releasing import may_release, release_file, withhold_file

__all__ = [
    "NoSuchFile",
    "Opened",
    "deeds_of",
    "keep_file",
    "may_release",
    "open_file",
    "release_file",
    "withhold_file",
]
