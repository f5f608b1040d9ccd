"""What cells of the sample record in its reviews, read from ``data/reviews.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from moderation.appraising import Recorded
from moderation.sample.records import Row, keys_in, last_day, read_rows, valued
from portal.vocabulary import AnswerState, ReviewOutcome, ScreeningGroup


@dataclass(frozen=True)
class ResultRecord:
    """What a cell records of one member in a review; ``mentor`` is the key of who helps."""

    review: int
    cell: str
    member: str
    mentor: str
    recorded: Recorded


def read_results(today: date) -> tuple[ResultRecord, ...]:
    """What cells record in the reviews of more than that a member continues."""
    return tuple(_result(row, today) for row in read_rows("reviews"))


def _result(row: Row, today: date) -> ResultRecord:
    """A row, with who helps still as a key."""
    recorded = Recorded(
        reviewed=row["reviewed"] == "yes",
        groups=frozenset(valued(ScreeningGroup, each) for each in keys_in(row["groups"])),
        outcome=valued(ReviewOutcome, row["outcome"]) if row["outcome"] else None,
        reference=row["reference"],
        decided_on=last_day(row["decided"], today),
        mentoring_until=last_day(row["until"], today),
        answer_state=valued(AnswerState, row["answer"]) if row["answer"] else None,
        asked_on=last_day(row["asked"], today),
        asked_again_on=last_day(row["again"], today),
        answered_on=last_day(row["answered"], today),
        answer=row["words"],
        read_back=bool(row["words"]),
        note=row["note"],
    )
    return ResultRecord(int(row["review"]), row["cell"], row["member"], row["mentor"], recorded)
