"""The gate before sending: what the portal is not the place for, told by a choice or by words.

Design rule: nobody is refused and nothing is stored. Whoever chooses, or writes of, a denunciation,
a complaint against a decision, or a crime is shown where that belongs; they may still send it as a
report. Pure: no session, no request.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.gate.reading import told
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
_GRAVE = frozenset({Matter.DENUNCIATION, Matter.CRIME, Matter.CORRUPTION})
#: The gravest first: what a letter is stopped for that tells of several.
_ORDER = (Matter.CRIME, Matter.CORRUPTION, Matter.DENUNCIATION, Matter.COMPLAINT)


@dataclass(frozen=True)
class Stop:
    """Why somebody stands at the gate: the matter, and the words of theirs that led there."""

    matter: Matter
    words: tuple[str, ...] = ()
    #: Money may be part of it too, so that those competent for that are named as well.
    also: Matter | None = None

    @property
    def grave(self) -> bool:
        """Whether it goes to the commission only, once it is sent as a report."""
        return self.matter in _GRAVE

    @property
    def matters(self) -> tuple[Matter, ...]:
        """For what somebody competent is to be named, in this order."""
        return (self.matter, self.also) if self.also else (self.matter,)


def stop_for(kind: str, text: str) -> Stop | None:
    """Where somebody is stopped who chose this kind and wrote this; nothing for most letters.

    Words are looked for in whole and, where there are marks, with them: "mà tùy" is no "ma túy".
    Praise is never stopped, nor is a nomination: whoever is named may have stood up to a crime.
    """
    if kind in _SPEAKS_WELL:
        return None
    chosen = GATED.get(kind)
    if chosen in {Matter.DENUNCIATION, Matter.COMPLAINT}:
        return Stop(chosen)
    found = told(text)
    if chosen and not found.keys() & {chosen, Matter.CORRUPTION}:
        # Of a crime that is only chosen nobody knows whether it is about money.
        return Stop(chosen, also=Matter.CORRUPTION)
    if not found:
        return None
    matter = next(each for each in _ORDER if each in found)
    both = matter is Matter.CRIME and Matter.CORRUPTION in found
    also = Matter.CORRUPTION if both else None
    return Stop(matter, found[matter] + (found[also] if also else ()), also)
