"""Files of a case, as staff may have them: listed, handed out, released, kept with a deed.

A moderator may open what residents sent. A committee opens what a moderator has released to it,
and what it keeps itself; no resident ever reads that.
"""

from moderation.files.finding import (
    CaseFile,
    NoSuchFile,
    files_for_committee,
    files_for_desk,
    reader_of,
)
from moderation.files.keeping import deeds_of, keep_file
from moderation.files.opening import Opened, open_file
from moderation.files.releasing import may_release, release_file, withhold_file

__all__ = [
    "CaseFile",
    "NoSuchFile",
    "Opened",
    "deeds_of",
    "files_for_committee",
    "files_for_desk",
    "keep_file",
    "may_release",
    "open_file",
    "reader_of",
    "release_file",
    "withhold_file",
]
