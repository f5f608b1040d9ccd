"""Which organisation a case should go to, and why: ordered rules that only propose.

This room is pure. Everything was looked up before: it reads no database and no clock, and it
never moves a case; a moderator follows the proposal or gives a reason for another place.

The first rule that fits decides. "Criticism" is whatever is not praise. A restricted case is
for a commission, the managing level or the intake organisation: never for a cell.

1. possible_denunciation→commission: also for praise. Restricted.
2. fears_retaliation→commission: also for praise, for fear outweighs a kind word. Restricted.
   In 1 and 2 the commission of the ward is passed over, towards the managing level, when that
   level manages the subject or the subject sits on the committee over the home cell.
3. managed_by_higher_level→its_commission: criticism only. Restricted.
4. on_committee_of_level_above→managing_level: criticism only, restricted. The ward cannot see:
   its managing level, else the intake; the ward's commission only when nothing else is left.
5. nomination→neighbourhood_cell: it has no subject; the level above where no cell is known.
6. home_unknown→intake.
7. on_committee_of_home_cell→level_above: criticism only.
8. praise→home_cell: even for its secretary, and even when a higher level manages the subject.
9. ordinary→home_cell: the residence cell is asked for facts when it happened where they live.

From the place of the rule a walk leads upwards past every unit that is missing, has nobody
eligible, or on whose committee the subject sits (which praise ignores). The intake takes the
rest, unless the subject sits there too: then any unit free of the subject, the highest first,
even an empty one, and the intake after all when there is none. Reasons say: a last resort.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from moderation.routing.facts import CELL_KINDS, Facts, Proposal, Unit
from portal.vocabulary import Context


class Place(StrEnum):
    """A step of the way upwards."""

    HOME = "home"
    LEVEL_ABOVE = "level_above"
    COMMISSION = "commission"
    MANAGING_COMMISSION = "managing_commission"
    MANAGING = "managing"
    INTAKE = "intake"


@dataclass(frozen=True, slots=True)
class Rule:
    """When it applies, the reason it gives, and the places to try in order."""

    code: str
    reason: str
    applies: Callable[[Facts], bool]
    way: tuple[Place, ...]
    restricted: bool = False
    asks_residence: bool = False


_MANAGING = (Place.MANAGING_COMMISSION, Place.MANAGING)
_FROM_COMMISSION = (Place.COMMISSION, *_MANAGING, Place.INTAKE)
_FROM_LEVEL_ABOVE = (Place.LEVEL_ABOVE, *_FROM_COMMISSION)
_FROM_HOME = (Place.HOME, *_FROM_LEVEL_ABOVE)
_LAST_RESORTS = (*_MANAGING, Place.COMMISSION, Place.LEVEL_ABOVE, Place.HOME)

_MISSING: Final = {
    Place.HOME: "home_unknown",
    Place.LEVEL_ABOVE: "no_level_above",
    Place.COMMISSION: "no_commission",
    Place.MANAGING_COMMISSION: "no_managing_level",
    Place.MANAGING: "no_managing_level",
}
_SUBJECT_SITS: Final = {
    Place.HOME: "subject_on_home_committee",
    Place.LEVEL_ABOVE: "subject_on_level_above_committee",
    Place.COMMISSION: "subject_on_commission",
    Place.MANAGING_COMMISSION: "subject_on_managing_level",
    Place.MANAGING: "subject_on_managing_level",
    Place.INTAKE: "subject_on_intake_committee",
}
_VACANT: Final = {
    Place.HOME: "no_handler_at_home",
    Place.LEVEL_ABOVE: "no_handler_at_level_above",
    Place.COMMISSION: "no_handler_at_commission",
    Place.MANAGING_COMMISSION: "no_handler_at_managing_level",
    Place.MANAGING: "no_handler_at_managing_level",
}

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "possible_denunciation→commission",
        "possible_denunciation",
        lambda facts: facts.possible_denunciation,
        _FROM_COMMISSION,
        restricted=True,
    ),
    Rule(
        "fears_retaliation→commission",
        "fears_retaliation",
        lambda facts: facts.fears_retaliation,
        _FROM_COMMISSION,
        restricted=True,
    ),
    Rule(
        "managed_by_higher_level→its_commission",
        "managed_by_higher_level",
        lambda facts: not facts.praise and _is_managed(facts),
        (*_MANAGING, Place.INTAKE),
        restricted=True,
    ),
    Rule(
        "on_committee_of_level_above→managing_level",
        "subject_on_level_above_committee",
        lambda facts: not facts.praise and _is_on_level_above(facts),
        (*_MANAGING, Place.INTAKE),
        restricted=True,
    ),
    Rule("nomination→neighbourhood_cell", "nomination", lambda facts: facts.nomination, _FROM_HOME),
    Rule(
        "home_unknown→intake",
        "home_unknown",
        lambda facts: facts.home is None,
        (Place.INTAKE, Place.COMMISSION, *_MANAGING),
    ),
    Rule(
        "on_committee_of_home_cell→level_above",
        "subject_on_home_committee",
        lambda facts: not facts.praise and _sits_on(facts.home, facts),
        _FROM_LEVEL_ABOVE,
    ),
    Rule("praise→home_cell", "praise", lambda facts: facts.praise, _FROM_HOME),
    Rule(
        "ordinary→home_cell",
        "ordinary",
        lambda facts: not facts.praise,
        _FROM_HOME,
        asks_residence=True,
    ),
)


def propose(facts: Facts) -> Proposal:
    """Propose one organisation for a case; every Facts has an answer.

    Design rule: a restricted case never goes to a cell, and criticism never goes to an
    organisation on whose committee the subject sits, unless no known one is free of them.
    """
    rule = next(rule for rule in RULES if rule.applies(facts))
    unit, reasons = _walk(rule, facts)
    asked = _residence_to_ask(rule, unit, facts)
    if asked is not None:
        reasons.append("residence_asked")
    return Proposal(unit, rule.code, tuple(dict.fromkeys(reasons)), rule.restricted, asked)


def _walk(rule: Rule, facts: Facts) -> tuple[Unit, list[str]]:
    """Return the first place of the way that can take the case, and why not those before."""
    reasons = [rule.reason]
    for place in rule.way:
        unit = _unit_at(place, facts)
        obstacle = _barrier(place, unit, rule, facts) or _vacancy(place, rule, facts)
        if unit is not None and obstacle is None:
            return unit, reasons
        reasons.extend([obstacle] if obstacle else [])
    return _last_resort(rule, facts), [*reasons, "last_resort"]


def _last_resort(rule: Rule, facts: Facts) -> Unit:
    for place in _LAST_RESORTS:
        unit = _unit_at(place, facts)
        if unit is not None and _barrier(place, unit, rule, facts) is None:
            return unit
    return facts.intake


def _unit_at(place: Place, facts: Facts) -> Unit | None:
    return {
        Place.HOME: facts.home,
        Place.LEVEL_ABOVE: facts.level_above_home,
        Place.COMMISSION: facts.commission,
        Place.MANAGING_COMMISSION: facts.managing_commission or facts.managed_by,
        Place.MANAGING: facts.managed_by,
        Place.INTAKE: facts.intake,
    }[place]


def _barrier(place: Place, unit: Unit | None, rule: Rule, facts: Facts) -> str | None:
    """Say why a place may never take the case: it is missing, a cell, or the subject's own."""
    if unit is None:
        unknown = facts.nomination and place is Place.HOME
        return "neighbourhood_unknown" if unknown else _MISSING[place]
    if rule.restricted and unit.kind in CELL_KINDS:
        return rule.reason
    if _is_strict(rule, facts) and _sits_on(unit, facts):
        return _SUBJECT_SITS[place]
    return None


def _vacancy(place: Place, rule: Rule, facts: Facts) -> str | None:
    """Say why a place should not take the case as long as another one can."""
    if place is Place.COMMISSION and _is_strict(rule, facts):
        if _is_managed(facts):
            return "managed_by_higher_level"
        if _is_on_level_above(facts):
            return "commission_under_subject"
    staffed = {
        Place.HOME: facts.home_has_handler,
        Place.LEVEL_ABOVE: facts.level_above_has_handler,
        Place.COMMISSION: facts.commission_has_handler,
        Place.MANAGING_COMMISSION: facts.managing_has_handler,
        Place.MANAGING: facts.managing_has_handler,
        Place.INTAKE: True,
    }
    return None if staffed[place] else _VACANT[place]


def _residence_to_ask(rule: Rule, unit: Unit, facts: Facts) -> Unit | None:
    """Return the residence cell when it may be asked for facts, without deciding anything."""
    asked = facts.residence
    if asked is None or not rule.asks_residence or facts.context != Context.RESIDENCE:
        return None
    known = {unit.id} if facts.home is None else {unit.id, facts.home.id}
    return None if asked.id in known or _sits_on(asked, facts) else asked


def _is_strict(rule: Rule, facts: Facts) -> bool:
    return rule.restricted or not facts.praise


def _is_managed(facts: Facts) -> bool:
    return facts.managed_by is not None or facts.managing_commission is not None


def _is_on_level_above(facts: Facts) -> bool:
    return facts.on_level_above_committee or _sits_on(facts.level_above_home, facts)


def _sits_on(unit: Unit | None, facts: Facts) -> bool:
    """Say whether the subject sits on the committee, by whichever way that was looked up."""
    own = set(facts.sits_on)
    if facts.on_home_committee and facts.home is not None:
        own.add(facts.home.id)
    if facts.on_level_above_committee and facts.level_above_home is not None:
        own.add(facts.level_above_home.id)
    return unit is not None and unit.id in own
