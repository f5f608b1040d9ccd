"""Reading a letter for what belongs elsewhere: two patterns, one for each way of writing.

Money in office is told by a sentence, since "nhận tiền" alone is said of every pension: taking or
asking, money that is not owed, and the duty that is done for it (DOMAIN 2.5, S-08).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial
from itertools import groupby

from portal.gate.phrases import (
    ABUSE,
    AGAINST,
    BACK,
    CHILD,
    COLLECTS,
    CONDITION,
    COUNTED,
    DUTY,
    FROM_OTHERS,
    NOT_BEFORE,
    OWN,
    PURPOSE,
    RECEIVES,
    RIGHTFUL,
    SIGNS_FOR,
    UNLESS,
    WITH_MARKS,
    WITHOUT_MARKS,
    WORK,
    Spelling,
)
from portal.text import canonical
from portal.vocabulary import Matter

#: Stands for the end of a sentence among its words; no language of the country has this letter.
_END = "ʘ"
_SENTENCE_ENDS = re.compile(r"[.!?;…](?=\s)|\n")


def told(text: str) -> dict[Matter, tuple[str, ...]]:
    """What a text tells of, with its phrases, each once. It is read through a single time."""
    sentences = filter(None, map(canonical, _SENTENCE_ENDS.split(text)))
    written = f" {_END} ".join(sentences)
    plain = written.replace(_END, "").isascii()
    found: dict[Matter, dict[str, None]] = {}
    for match in (_PLAIN if plain else _MARKED).finditer(written):
        found.setdefault(Matter[match.lastgroup or ""], {})[match[0]] = None
    return {matter: tuple(words) for matter, words in found.items()}


def _pattern(spelling: Spelling) -> re.Pattern[str]:
    """What finds each matter, as a group of its name, in words that stand one space apart.

    There is one way through it, and each piece is bounded: the cost grows with the length alone.
    """
    any_of, ways = partial(_any_of, spelling.spelled), _ways_of_money(spelling)
    child, abuse, against = any_of(CHILD), any_of(ABUSE), _none_before(spelling, AGAINST)
    danger, corruption = any_of(spelling.danger), any_of(spelling.corruption)
    words = partial(_words_until, any_of(RIGHTFUL))
    counted = rf"(?: (?:{any_of(COUNTED)}|\d++)){{0,3}}+"
    groups = {
        Matter.CRIME: (
            f"(?={danger}){against}{danger}",
            f"(?={abuse}){against}{abuse}{counted} {child}",
            f"{child}{words(6, any_of('bị'))}{words(5, abuse)}",
        ),
        Matter.CORRUPTION: (f"(?={corruption}){against}{corruption}", *ways),
        Matter.DENUNCIATION: (any_of(spelling.denunciation),),
        Matter.COMPLAINT: (any_of(spelling.complaint),),
    }
    named = (f"(?P<{matter.name}>{'|'.join(each)})" for matter, each in groups.items())
    return re.compile(rf"(?<![^\W_])(?={_beginnings(spelling)})(?:{'|'.join(named)})")


def _ways_of_money(spelling: Spelling) -> tuple[str, ...]:
    """The sentences in which somebody takes or asks for money for doing their duty."""
    any_of = partial(_any_of, spelling.spelled)
    upto, after = partial(_words_until, any_of(BACK)), partial(_words_until, any_of(RIGHTFUL))
    amount = rf"\d++(?:tr|k|{spelling.spelled('củ')}| {spelling.spelled('đồng')})(?![^\W_])"
    money = f"(?:(?!{any_of(RIGHTFUL)}){any_of(spelling.money)}|{amount})"
    duty, work = (f"(?!{any_of(SIGNS_FOR)}){any_of(each)}" for each in (DUTY, WORK))
    receives, takes, asks = any_of(RECEIVES), any_of(spelling.takes), any_of(spelling.asks)
    collects = any_of(COLLECTS)
    makes, hints = any_of(spelling.makes), any_of("đòi, gợi ý")
    others = f"(?={after(7, any_of(FROM_OTHERS))}(?! {any_of(OWN)}))"
    acts = _none_before(spelling, NOT_BEFORE)
    purpose = any_of(PURPOSE) + after(4, duty)
    condition = any_of(CONDITION) + after(4, work)
    refusal = any_of("không, chẳng, chưa, đừng") + after(3, work)
    return (
        f"(?={receives}|{takes}){acts}(?:{receives}|{takes}{others})"
        f"{upto(5, money)}{after(8, purpose)}",
        f"(?={collects}){acts}{collects}{others}{upto(1, money)}{after(8, purpose)}",
        f"(?:(?={asks}){acts}{asks}|{makes}){upto(4, money)}{after(8, condition)}",
        f"{hints} (?!{any_of(RIGHTFUL)}){any_of('bồi dưỡng')}",
        f"{any_of(UNLESS)}{upto(3, money)}{after(6, refusal)}",
        f"{duty}{after(8, f'(?:{acts}{asks}|{makes})')}{upto(4, money)}",
    )


def _beginnings(spelling: Spelling) -> str:
    """How the first word of whatever is looked for begins: one look spares all others."""
    told = (spelling.danger, spelling.corruption, spelling.denunciation, spelling.complaint)
    money = (RECEIVES, COLLECTS, spelling.takes, spelling.asks, spelling.makes, UNLESS, DUTY)
    listed = ",".join((*told, ABUSE, CHILD, *money)).split(",")
    return _merged({spelling.spelled(each)[:3] for each in listed})


def _words_until(stops: str, most: int, goal: str) -> str:
    """At most so many words of the same sentence, none that stops it, up to the first goal."""
    return rf"(?: (?!{goal}|{stops})[^\W_{_END}]++){{0,{most}}}+ {goal}"


def _any_of(spelled: Callable[[str], str], phrases: str) -> str:
    """Any of these phrases, the longest first, as a whole."""
    return rf"{_merged({spelled(each) for each in phrases.split(',')})}(?![^\W_])"


def _merged(words: Collection[str]) -> str:
    """Any of these words. What several begin with stands once, so that most words of a letter are
    left after a single look.
    """
    begun = [
        first + _merged({each[1:] for each in those})
        for first, those in groupby(sorted(filter(None, words)), key=lambda each: each[0])
    ]
    one = begun[0] if len(begun) == 1 else f"(?:{'|'.join(begun)})"
    return one if "" not in words else f"(?:{one})?" if begun else ""


def _none_before(spelling: Spelling, phrases: str) -> str:
    """That none of these stands right before."""
    return "".join(f"(?<!{spelling.spelled(each)} )" for each in phrases.split(","))


_MARKED, _PLAIN = _pattern(WITH_MARKS), _pattern(WITHOUT_MARKS)
