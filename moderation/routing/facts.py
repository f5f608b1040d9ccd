"""What routing is given and what it answers. Plain values: nothing here looks anything up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from portal.vocabulary import OrganisationKind

CELL_KINDS: Final = frozenset({OrganisationKind.CELL, OrganisationKind.GRASSROOTS_CELL})


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation, as far as routing needs it; ``kind`` is an OrganisationKind value."""

    id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was looked up about one case and its subject, as it stands now.

    ``home`` is the cell responsible now, the old one until a transfer is accepted. ``commission``
    is the ward's. ``managed_by`` lies above the ward and is None for most. "Has handler" means
    an active account that may see this case. ``sits_on`` holds the ids of every organisation,
    commissions included, on whose committee the subject sits. A nomination has no subject:
    ``home`` is then the cell of the neighbourhood.
    """

    praise: bool
    possible_denunciation: bool
    fears_retaliation: bool
    context: str
    home: Unit | None
    residence: Unit | None
    level_above_home: Unit | None
    commission: Unit | None
    managed_by: Unit | None
    managing_commission: Unit | None
    on_home_committee: bool
    on_level_above_committee: bool
    home_has_handler: bool
    level_above_has_handler: bool
    commission_has_handler: bool
    intake: Unit
    managing_has_handler: bool = True
    nomination: bool = False
    sits_on: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a cell where a restricted case could end; raises ValueError."""
        for unit in (self.commission, self.managed_by, self.managing_commission, self.intake):
            if unit is not None and unit.kind in CELL_KINDS:
                raise ValueError(f"A cell cannot take restricted cases: organisation {unit.id}.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where to, by which rule, and the codes of REASONS that led there, in order."""

    unit: Unit
    rule: str
    reasons: tuple[str, ...]
    restricted: bool
    ask_residence: Unit | None
