"""Which steps the letters of the whole ward take, and when: drawn by the letter's own chance.

Days are working days after the arrival, as in the letters that were written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TypeVar

from moderation.sample.stories import Deed, StepRecord
from moderation.sample.whole.matters import Matter, Way, read_remarks
from portal.vocabulary import ActionKind, Finding, Kind, Rating, Sentiment, StatementOutcome

#: The clock closes an answer that nobody judges after so many working days.
_SILENCE = 11
#: Of a hundred writers so many say nothing to an answer.
_SILENT = 38
_ONE_PERSON = frozenset({Kind.PRAISE, Kind.NOMINATION})
_CLEARED = "Kết quả làm rõ đã được thông báo tại sinh hoạt chi bộ."
_TOLD = "Đã gặp và báo cho đồng chí biết."
#: What is done before the member is heard.
_BEFORE_ITS_SIDE = frozenset({ActionKind.FIELD_CHECK, ActionKind.MEET_MEMBER})
_WEIGHTS = {
    True: {Rating.SATISFIED: 88, Rating.ACCEPTABLE: 12},
    False: {Rating.SATISFIED: 46, Rating.ACCEPTABLE: 40, Rating.UNSATISFIED: 14},
}

Filled = Callable[[str], str]
_Each = TypeVar("_Each")


def steps_of(
    matter: Matter, *, number: int, cell: str, filled: Filled, chance: Random
) -> tuple[StepRecord, ...]:
    """The whole way of one letter: the ``number``-th that tells of the matter."""
    if matter.withdrawn:
        return (StepRecord(1, Deed.WITHDRAW),)
    if matter.reason is not None:
        return tuple(_declined(matter, chance))
    if matter.to:
        return tuple(_referred(matter, chance))
    return tuple(_handled(matter, number, cell, filled, chance))


def _declined(matter: Matter, chance: Random) -> Iterator[StepRecord]:
    """Not taken, with a reason; two agree, but for praise."""
    first = chance.choice((1, 1, 2))
    yield StepRecord(first, Deed.CLAIM)
    if matter.asked:
        yield StepRecord(first, Deed.ASK, text=matter.asked)
        yield StepRecord(first + _SILENCE, Deed.RESUME)
        first += _SILENCE + 1
    yield StepRecord(first, Deed.DECLINE, reason=str(matter.reason), text=matter.note)
    if not _by_one(matter):
        yield StepRecord(first + chance.choice((0, 1)), Deed.CONFIRM)


def _referred(matter: Matter, chance: Random) -> Iterator[StepRecord]:
    """Sent to the authority that is competent."""
    first = chance.choice((1, 1, 2))
    yield StepRecord(first, Deed.CLAIM)
    yield StepRecord(first, Deed.REFER, to=matter.to, text=matter.note)


def _handled(
    matter: Matter, number: int, cell: str, filled: Filled, chance: Random
) -> Iterator[StepRecord]:
    """Passed on, followed up, answered, and judged by its writer."""
    day = chance.choice((1, 1, 1, 2))
    yield StepRecord(day, Deed.CLAIM)
    if matter.asked and matter.added and number % 2:
        yield StepRecord(day, Deed.ASK, text=filled(matter.asked))
        day += chance.randrange(2, 5)
        yield StepRecord(day, Deed.SUPPLY, text=filled(_nth(matter.added, number // 2)))
        day += 1
    yield StepRecord(day, Deed.VERIFY)
    if not _by_one(matter):
        day += chance.choice((0, 1, 1))
        yield StepRecord(day, Deed.CONFIRM)
    yield StepRecord(day, Deed.ROUTE, to=cell, text=filled(_nth(matter.shown, number)))
    day += chance.choice((1, 2, 2, 3, 3, 5))
    yield StepRecord(day, Deed.ACCEPT)
    way = matter.way(number)
    for step in _followed(matter, way, filled):
        day += chance.choice((1, 2, 3, 4))
        yield StepRecord(day, step.do, text=step.text, note=step.note, code=step.code)
    day += chance.choice((1, 1, 2))
    yield StepRecord(day, Deed.REPORT, code=way.finding.value, text=filled(way.answer))
    day += chance.choice((1, 1, 2))
    yield StepRecord(day, Deed.PUBLISH)
    yield from _judged(matter, number, day, filled, chance)


def _followed(matter: Matter, way: Way, filled: Filled) -> Iterator[StepRecord]:
    """What the committee did, with the member's side before whatever follows from it."""
    side = StepRecord(0, Deed.STATEMENT, filled(way.said), code=StatementOutcome.GIVEN.value)
    heard = matter.sentiment is Sentiment.PRAISE
    for did in way.did:
        if not heard and did.code not in _BEFORE_ITS_SIDE:
            yield side
            heard = True
        yield StepRecord(0, Deed.FOLLOW_UP, did.text, note=did.note, code=did.code)
    if not heard:
        yield side
    if way.finding is Finding.UNSUBSTANTIATED:
        yield StepRecord(0, Deed.FOLLOW_UP, _CLEARED, note=_TOLD, code=ActionKind.CLEAR_NAME.value)


def _judged(
    matter: Matter, number: int, day: int, filled: Filled, chance: Random
) -> Iterator[StepRecord]:
    """What its writer says to the answer: most often something, sometimes nothing."""
    if matter.contested and number == 0:
        yield StepRecord(day + 3, Deed.CONTEST, text=filled(matter.contested))
        yield StepRecord(day + 12, Deed.UPHOLD, text=filled(matter.upheld))
        return
    if chance.randrange(100) < _SILENT:
        yield StepRecord(day + _SILENCE, Deed.CLOSE)
        return
    weights = _WEIGHTS[matter.sentiment is Sentiment.PRAISE]
    rating = chance.choices(list(weights), weights=list(weights.values()))[0]
    told = chance.choice(read_remarks()[rating.value]) if chance.randrange(5) > 1 else ""
    yield StepRecord(day + chance.choice((1, 1, 2, 3, 6)), Deed.RATE, told, code=rating.value)


def _by_one(matter: Matter) -> bool:
    """Whether one moderator is enough."""
    return matter.kind in _ONE_PERSON and matter.sentiment is Sentiment.PRAISE


def _nth(found: Sequence[_Each], number: int) -> _Each:
    """One of several, by turns."""
    return found[number % len(found)]
