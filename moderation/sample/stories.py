"""The sample's letters: what residents wrote, and every step that each letter went through.

A step says what was done and with which words; who did it is for the loader to choose among
those who may. Dates inside the words are written as ``{-3}``: three days before the words
were written. Nothing here carries a step out.
"""

from __future__ import annotations

import enum
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date, time, timedelta
from typing import Any

from moderation.sample.records import DATA, Word, valued
from portal.identity import Particulars
from portal.vocabulary import Channel, Context, HowKnown, Kind, PostLevel, Sentiment, Topic
from portal.words import Words

_PLACEHOLDER = re.compile(r"\{([+-]?\d+)([smy]?)\}")
_WARD = "phuong-dong-kinh"
#: What one moderator is enough for, where its writer called it so.
_ONE_PERSON = frozenset({Kind.PRAISE, Kind.NOMINATION})
_WORDS = tuple(field.name for field in fields(Words))


class Deed(enum.StrEnum):
    """What a step does. The comments say which fields of the step it uses besides ``on``."""

    CLAIM = "claim"
    RELEASE = "release"
    ASK = "ask"  # text: the question
    SUPPLY = "supply"  # text: what the resident adds
    RESUME = "resume"  # by the clock: nobody answered
    VERIFY = "verify"  # member, when first another one than the subject was chosen
    DECLINE = "decline"  # reason, text: the public note
    CONFIRM = "confirm"
    OBJECT = "object"  # text: why
    REFER = "refer"  # to: the authority in words, text: the public note, reference: of the paper
    REPLY = "reply"  # text: what the authority has answered, reference: of its paper
    ROUTE = "route"  # to: an organisation, text: what is shown there, put: to the member, code: why
    REVISE = "revise"  # text: what is shown instead, put: to the member, code and note: why
    ACCEPT = "accept"
    RETURN = "return"  # text: why
    ESCALATE = "escalate"  # by the level above: text: why
    FOLLOW_UP = "follow_up"  # code: action kind, text: public note, note: internal, reference
    STATEMENT = "statement"  # code: outcome, text: the member's words, attempts: working days
    HOLD = "hold"  # text: why, days: working days until it is reviewed
    RESUME_WORK = "resume_work"
    EXTEND = "extend"  # text: why, days: working days after the old date
    REPORT = "report"  # code: finding, text: the draft of the answer
    SEND_BACK = "send_back"  # text: why
    PUBLISH = "publish"  # text: the answer, when it differs from the draft
    RATE = "rate"  # code: rating, text: a comment
    CONTEST = "contest"  # text: what is not right, or what is new
    UPHOLD = "uphold"  # text: why the result stands
    REOPEN = "reopen"  # text: why it is handled anew
    CLOSE = "close"  # by the clock: the resident was silent
    WITHDRAW = "withdraw"
    LET_GO = "let_go"  # by the clock: nobody kept what its writer had left
    ASK_WHO = "ask_who"  # text: why the writer must be known
    AGREE = "agree"  # the next custodian agrees
    ATTACH = "attach"  # code: which drawing, text: what the resident calls it
    RELEASE_FILE = "release_file"  # the newest one of the resident
    WRITE = "write"  # text: what the desk tells the writer
    REMARK = "remark"  # text: a note of those who have it
    HAND_OVER = "hand_over"  # text: a word for the colleague
    EXCHANGE = "exchange"  # the code of the slip, for a new one
    READ_OUT = "read_out"  # by telephone; the code is one of a slip afterwards
    KEEP_FILE = "keep_file"  # code: which drawing, text: what the committee calls it


@dataclass(frozen=True)
class StepRecord:
    """One step, ``on`` so many working days after the letter arrived; never later than today."""

    on: int
    do: Deed
    text: str = ""
    put: str = ""
    note: str = ""
    code: str = ""
    reason: str = ""
    to: str = ""
    days: int = 0
    attempts: tuple[int, ...] = ()
    member: str = ""
    reference: str = ""


@dataclass(frozen=True)
class StoryRecord:
    """One letter and its way.

    ``sent`` counts days from the day of loading and is never positive; ``passed`` says in
    working days how long ago that was, where something must be due on the day of loading.
    ``denunciation`` and ``guessable`` are how a moderator reads it, like subject, topic and
    sentiment; ``subject`` is empty when nobody of the register is meant. ``shows`` says what
    it is an example of, ``own`` what its writer told of themselves.
    """

    key: str
    sent: int
    at: time
    words: Words
    topic: Topic
    sentiment: Sentiment
    steps: tuple[StepRecord, ...]
    passed: int | None = None
    kind: Kind | None = None
    commune: str = _WARD
    how_known: HowKnown | None = None
    context: Context | None = None
    post_level: PostLevel | None = None
    subject: str = ""
    fears: bool = False
    denunciation: bool = False
    guessable: bool = False
    typed_as: str = ""
    shows: str = ""
    #: By which way it came, and the login of who typed it, where its writer did not.
    channel: Channel = Channel.WEB
    typed_by: str = ""
    own: Particulars = field(default_factory=Particulars)
    notify: str = ""

    @property
    def read_as(self) -> Kind:
        """The kind that a moderator sets: the writer's own, where one was chosen."""
        praised = self.sentiment is Sentiment.PRAISE
        return self.kind or (Kind.PRAISE if praised else Kind.REPORT)

    def told_on(self, day: date) -> Words:
        """The words as the writer typed them on that day, with its dates and its keyboard."""
        texts = {name: dated(getattr(self.words, name), day) for name in _WORDS}
        return Words(**{name: _typed(text, self.typed_as) for name, text in texts.items()})


def read_stories() -> tuple[StoryRecord, ...]:
    """Every letter of the sample, oldest first."""
    stories = [
        _story(raw)
        for path in sorted((DATA / "stories").glob("*.toml"))
        for raw in tomllib.loads(path.read_text(encoding="utf-8"))["story"]
    ]
    return tuple(sorted(stories, key=lambda story: (story.sent, story.at, story.key)))


def dated(text: str, day: date) -> str:
    """The text with each placeholder as a date, counted from the day the text is written.

    ``{-3}`` is 20/11/2026, ``{-3s}`` the short 20/11, ``{0m}`` the month and ``{0y}`` the year.
    """
    return _PLACEHOLDER.sub(lambda found: _date(day, int(found[1]), found[2]), text)


def _date(day: date, offset: int, form: str) -> str:
    meant = day + timedelta(days=offset)
    if form == "s":
        return f"{meant.day}/{meant.month}"
    return meant.strftime("%d/%m/%Y") if not form else str(_month_or_year(meant, form))


def _month_or_year(day: date, form: str) -> int:
    return day.month if form == "m" else day.year


def _typed(text: str, keyboard: str) -> str:
    """The same words as some keyboards send them: marks apart, or the Icelandic Eth for Đ."""
    match keyboard:
        case "nfd":
            return unicodedata.normalize("NFD", text)
        case "eth":
            return text.replace("Đ", "Ð").replace("đ", "ð")
        case _:
            return text


def _story(raw: dict[str, Any]) -> StoryRecord:
    """One letter from its table. Raises TypeError or ValueError for a word it does not know."""
    sentiment = valued(Sentiment, raw.pop("sentiment"))
    kind = _optional(Kind, raw.pop("kind", None))
    words = Words(**{name: raw.pop(name).strip() for name in _WORDS if name in raw})
    return StoryRecord(
        words=words,
        channel=valued(Channel, raw.pop("channel", Channel.WEB.value)),
        own=Particulars(**raw.pop("own", {})),
        at=time.fromisoformat(raw.pop("at")),
        topic=valued(Topic, raw.pop("topic")),
        sentiment=sentiment,
        kind=kind,
        how_known=_optional(HowKnown, raw.pop("how_known", None)),
        context=_optional(Context, raw.pop("context", None)),
        post_level=_optional(PostLevel, raw.pop("post_level", None)),
        steps=tuple(
            _steps(raw.pop("steps"), kind in _ONE_PERSON and sentiment is Sentiment.PRAISE)
        ),
        **raw,
    )


def _optional(kind: type[Word], value: str | None) -> Word | None:
    return valued(kind, value) if value is not None else None


def _steps(raws: list[dict[str, Any]], praise: bool) -> Iterator[StepRecord]:
    """The steps, with the two that stand for a whole screening written out."""
    claimed = False
    for raw in raws:
        confirmed = raw.pop("confirm", raw["on"])
        if raw["do"] not in {"pass", "turn_down"}:
            step = _step(raw)
            claimed = claimed or step.do is Deed.CLAIM
            yield step
            continue
        if not claimed:
            yield StepRecord(raw["on"], Deed.CLAIM)
        claimed = True
        yield from _screening(raw, confirmed, praise)


def _screening(raw: dict[str, Any], confirmed: int, praise: bool) -> Iterator[StepRecord]:
    """Decided by one, confirmed by another; one is enough for what its writer called praise."""
    passed = raw["do"] == "pass"
    first = _step({**raw, "do": Deed.ROUTE if passed else Deed.DECLINE})
    if passed:
        yield StepRecord(first.on, Deed.VERIFY, member=first.member)
    else:
        yield first
    if not praise:
        yield StepRecord(confirmed, Deed.CONFIRM)
    if passed:
        yield replace(first, on=confirmed, member="")


def _step(raw: dict[str, Any]) -> StepRecord:
    deed, attempts = Deed(raw.pop("do")), tuple(raw.pop("attempts", ()))
    return StepRecord(do=deed, attempts=attempts, **raw)
