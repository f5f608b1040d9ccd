"""The gate before sending: what the portal is not the place for, told by a choice or by words.

Design rule: nobody is refused and nothing is stored. Whoever chooses, or writes of, a denunciation,
a complaint against a decision, or a crime is shown where that belongs; they may still send it as a
report. Pure: no session, no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.text import canonical, fold
from portal.vocabulary import Kind, Matter

#: The answers to "which kind?" that lead to the gate.
GATED = {
    Matter.DENUNCIATION.value: Matter.DENUNCIATION,
    Matter.COMPLAINT.value: Matter.COMPLAINT,
    Matter.CRIME.value: Matter.CRIME,
}
#: Whoever speaks well of somebody has no matter for another place.
_SPEAKS_WELL = frozenset({Kind.PRAISE.value, Kind.NOMINATION.value})
#: What is sent on all the same goes to the commission only; a complaint stays what it is.
_GRAVE = frozenset({Matter.DENUNCIATION, Matter.CRIME})

_CRIME = """
hiếp dâm, dâm ô, xâm hại trẻ em, xâm hại tình dục, mua bán người, ma túy, buôn ma túy, giết người,
chém người, đánh người, đánh đập, bạo hành, cố ý gây thương tích, cướp giật, tống tiền,
lừa đảo chiếm đoạt, hối lộ, nhận hối lộ, đưa hối lộ, vòi tiền, chung chi, lót tay,
ăn tiền, tham ô, làm giả giấy tờ,
giả mạo chữ ký
"""
_DENUNCIATION = "tố cáo, đơn tố cáo, tố giác"
#: Without marks these mean nothing else.
_PLAIN = """
hiep dam, xam hai tre em, nhan hoi lo, dua hoi lo, hoi lo, buon ma tuy, giet nguoi, danh nguoi,
danh dap, don to cao, lam gia giay to
"""


@dataclass(frozen=True)
class Stop:
    """Why somebody stands at the gate: the matter, and the words of theirs that led there."""

    matter: Matter
    words: tuple[str, ...] = ()

    @property
    def grave(self) -> bool:
        """Whether it goes to the commission only, once it is sent as a report."""
        return self.matter in _GRAVE


def stop_for(kind: str, text: str) -> Stop | None:
    """Where somebody is stopped who chose this kind and wrote this; nothing for most letters.

    Words are looked for in whole and, where there are marks, with them: "mà tùy" is no "ma túy".
    Praise is never stopped, nor is a nomination: whoever is named may have stood up to a crime.
    """
    if chosen := GATED.get(kind):
        return Stop(chosen)
    if kind in _SPEAKS_WELL:
        return None
    written = canonical(text)
    if words := _said(_CRIMES, written):
        return Stop(Matter.CRIME, words)
    if (words := _said(_PLAIN_CRIMES, written)) and written == fold(text):
        return Stop(Matter.CRIME, words)
    if words := _said(_DENUNCIATIONS, written):
        return Stop(Matter.DENUNCIATION, words)
    return None


def _said(phrases: re.Pattern[str], written: str) -> tuple[str, ...]:
    """The phrases that stand in a text, each once."""
    return tuple(dict.fromkeys(phrases.findall(written)))


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """What finds any of these in a text whose words stand one space apart."""
    words = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, words))})(?![^\W_])")


_CRIMES = _pattern(map(canonical, _CRIME.split(",")))
_PLAIN_CRIMES = _pattern(map(fold, _PLAIN.split(",")))
_DENUNCIATIONS = _pattern(map(canonical, _DENUNCIATION.split(",")))
