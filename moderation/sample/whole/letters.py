"""The letters of the whole ward: matters told by one resident after the other, over two years.

Whom a letter is about, when it came and how it was typed is drawn by chance, the same on every
machine; days are counted from the day of loading. No letter is older than the ward itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cache
from random import Random
from zlib import crc32

from moderation.sample.records import FOUNDED
from moderation.sample.stories import Deed, StepRecord, StoryRecord
from moderation.sample.whole.cells import CellRecord
from moderation.sample.whole.courses import steps_of
from moderation.sample.whole.keyboards import bare, typed
from moderation.sample.whole.matters import Matter, read_matters
from moderation.sample.whole.people import PersonRecord
from moderation.sample.whole.whom import SLOT, Filler, about_words, whom
from portal.vocabulary import Channel, HowKnown, PostLevel, Sentiment
from portal.words import Words

_MOST_DAYS, _SETTLED = 729, 24
_WARD, _TYPISTS = "phuong-dong-kinh", ("hoa.luong", "lam.chu", "ngan.be")
#: How many come in a month for ten of the average: little at Tết, much after the floods.
_BY_MONTH = (9, 6, 9, 10, 10, 9, 9, 11, 14, 12, 11, 10)
#: Of a hundred letters so many are typed by staff for who telephoned, or lay in a box.
_BY_STAFF = 9
_HOURS = ((6, 3), (7, 6), (8, 6), (11, 6), (12, 8), (16, 4), (18, 8), (19, 14), (20, 16), (21, 12))
_BY_WRITER = frozenset({Deed.SUPPLY, Deed.RATE, Deed.CONTEST, Deed.WITHDRAW})


def compose(today: date) -> tuple[StoryRecord, ...]:
    """Every letter, as it stands when the sample is loaded on this day."""
    used: Counter[str] = Counter()
    return tuple(
        _letter(matter, number, today, used)
        for matter in read_matters()
        for number in range(len(matter.told))
    )


def _letter(matter: Matter, number: int, today: date, used: Counter[str]) -> StoryRecord:
    """One letter."""
    key = f"{matter.key}-{number + 1}"
    chance = Random(crc32(key.encode()))  # noqa: S311  # nosec B311
    sent = _sent(matter, today, chance)
    person, cell = whom(matter, number, chance, used)
    filled = Filler(person, cell)
    to = _WARD if matter.who == "secretary" and not _praises(matter) else cell.key
    steps = steps_of(matter, number=number, cell=to, filled=filled, chance=chance)
    by_staff = chance.randrange(100) < _BY_STAFF and matter.reason is None
    channel = chance.choice((Channel.TELEPHONE, Channel.BOX)) if by_staff else Channel.WEB
    return StoryRecord(
        key=key,
        sent=-sent,
        at=_hour(chance, by_staff=by_staff),
        words=_words(matter, number, person, cell, chance, by_staff=by_staff),
        topic=matter.topic,
        sentiment=matter.sentiment,
        steps=tuple(_with_own_code(_so_far(steps, sent), by_staff=by_staff)),
        kind=matter.kind,
        how_known=chance.choice((HowKnown.SEEN, HowKnown.SEEN, HowKnown.SEEN, HowKnown.HEARD)),
        context=matter.context,
        post_level=PostLevel.CELL if person and person.title else None,
        subject=person.key if person else "",
        channel=channel,
        typed_by=chance.choice(_TYPISTS) if by_staff else "",
    )


def _praises(matter: Matter) -> bool:
    return matter.sentiment is Sentiment.PRAISE


def _sent(matter: Matter, today: date, chance: Random) -> int:
    """How many days before the loading, in a season that fits."""
    most = min(_MOST_DAYS, (today - FOUNDED).days - _SETTLED)
    found, months = _months(today), matter.months
    days = [back for back in range(1, most) if not months or found[back] in months]
    # The portal becomes known: twice as many write at the end as at the beginning.
    weights = [_BY_MONTH[found[back] - 1] * (2 * most - back) for back in days]
    return chance.choices(days, weights=weights)[0]


@cache
def _months(today: date) -> tuple[int, ...]:
    """The month of each day before this one."""
    return tuple((today - timedelta(days=back)).month for back in range(_MOST_DAYS))


def _hour(chance: Random, *, by_staff: bool) -> time:
    """When people write: at noon and in the evening; the staff in their hours."""
    if by_staff:
        return time(chance.choice((8, 9, 10, 14, 15)), chance.randrange(60))
    hours, weights = zip(*_HOURS, strict=True)
    return time(chance.choices(hours, weights=weights)[0], chance.randrange(60))


def _words(
    matter: Matter,
    number: int,
    person: PersonRecord | None,
    cell: CellRecord,
    chance: Random,
    *,
    by_staff: bool,
) -> Words:
    """What was typed, in the way of one keyboard; staff type as they should."""
    filled = Filler(person, cell)
    about = filled(about_words(matter, number, person, chance))
    what = filled(matter.told[number])
    if not _marked(matter.told[number]):
        about, what = bare(about), bare(what)
    elif not by_staff:
        state = chance.getstate()
        what = typed(what, chance)
        chance.setstate(state)
        about = typed(about, chance)
    unit = cell.short_name if person is not None and chance.randrange(4) else ""
    return Words(about=about, what=what, unit=unit)


def _marked(told: str) -> bool:
    """Whether its writer types marks, as far as its own words say."""
    own = SLOT.sub("", told)
    return bare(own) != own


def _so_far(steps: tuple[StepRecord, ...], sent: int) -> Iterator[StepRecord]:
    """The steps for which there was time; a letter of last week has not been answered yet."""
    worked = sent * 5 // 7 - 1
    for step in steps:
        if step.on > worked:
            return
        if step.do is Deed.CLAIM and worked > step.on + 2 and step is steps[-1]:
            return
        yield step


def _with_own_code(steps: Iterator[StepRecord], *, by_staff: bool) -> Iterator[StepRecord]:
    """The steps; whoever was handed a slip exchanges its code before doing anything with it."""
    slip = by_staff
    for step in steps:
        if slip and step.do in _BY_WRITER:
            yield StepRecord(step.on, Deed.EXCHANGE)
            slip = False
        yield step
