"""What comes in and what goes back: a checked form, and a receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from portal.identity import Particulars
from portal.models.submission import reference_of
from portal.vault import Code
from portal.vocabulary import Channel, Context, HowKnown, Kind, PostLevel, Suspicion
from portal.words import Words


@dataclass(frozen=True)
class Entry:
    """A checked form: the words to seal and the few answers that are kept readable."""

    words: Words
    kind: Kind | None = None
    context: Context | None = None
    how_known: HowKnown | None = None
    post_level: PostLevel | None = None
    unit_id: int | None = None
    fears_retaliation: bool = False
    #: Its writer chose, or wrote of, what a commission alone may handle.
    possible_denunciation: bool = False
    channel: Channel = Channel.WEB
    #: Who the writer is, and where they want to be told of news; most tell neither.
    particulars: Particulars = field(default_factory=Particulars)
    notify: str = ""
    #: What the door noticed; it never changes the answer.
    suspicion: Suspicion | None = None


@dataclass(frozen=True)
class Receipt:
    """What the writer gets to keep. The code exists here and nowhere else."""

    submission_id: int
    code: Code
    received_at: datetime
    fears_retaliation: bool = False
    #: It may be a denunciation, so that its writer is told what it is not. Nobody who comes with a
    #: code may read that of a case, so a receipt that is only repeated does not know it.
    possible_denunciation: bool = False

    @property
    def reference(self) -> str:
        """The number people quote; it is not a secret."""
        return reference_of(self.submission_id)
