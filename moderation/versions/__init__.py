"""The texts that are made of a letter: one for the organisation, one for the member.

Design rule: nobody but moderators reads the writer's own words. An organisation reads a text that a
moderator has released to it; what may be put to the member is a text of its own, without a day, a
place or anything that only the writer could know. Each is a sealed paper with its reason; an older
one is never overwritten. The writer always sees their own words.
"""

from moderation.versions.comparing import making_of, repeats
from moderation.versions.details import telling_details
from moderation.versions.history import Made, read_history
from moderation.versions.making import (
    NothingChanged,
    ParaphraseNeeded,
    TellsDetail,
    Texts,
    check_put,
    check_texts,
    file_texts,
    needs_paraphrase,
    needs_put,
    revise,
)
from moderation.versions.redacting import sentences, without

__all__ = [
    "Made",
    "NothingChanged",
    "ParaphraseNeeded",
    "TellsDetail",
    "Texts",
    "check_put",
    "check_texts",
    "file_texts",
    "making_of",
    "needs_paraphrase",
    "needs_put",
    "read_history",
    "repeats",
    "revise",
    "sentences",
    "telling_details",
    "without",
]
