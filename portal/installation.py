"""The few facts of an installation that every page needs, kept in memory for a minute.

A page that shows only these facts asks the database nothing. Nothing secret and no name of a
person is kept here.
"""

from __future__ import annotations

import logging
import threading
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.authorities import Competent, competent_for, read_authorities
from portal.bases import Basis, read_bases
from portal.clock import local_date
from portal.db import Database
from portal.deadlines import TARGETS, Calendar, Targets
from portal.identity import Roster, read_roster
from portal.ledger import Head
from portal.lexicon import read_lexicon
from portal.models import CalendarDay, Organisation, PlaceName, Setting
from portal.periods import Periods, read_periods
from portal.places import Gazetteer, read_gazetteer
from portal.proving import newest_head
from portal.targets import read_targets
from portal.text import USUAL, Lexicon, fold
from portal.text.naming import WordKey, place_key, without_level
from portal.vocabulary import Matter, OrganisationKind

#: How long a snapshot is used before the database is asked again.
LASTS = timedelta(seconds=60)

_TONES = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Unit:
    """A commune or ward that a writer may pick: its id, its name, its part of a link."""

    id: int
    name: str
    slug: str
    #: The links of units that it took over from, which stand on posters still.
    links: tuple[str, ...] = ()

    @property
    def proper(self) -> str:
        """The name without its level: "Đông Kinh" of "Phường Đông Kinh"."""
        return without_level(self.name)

    @property
    def letter(self) -> str:
        """The letter under which it is listed; Đ is not D, and a tone makes no letter."""
        plain = unicodedata.normalize("NFD", self.proper[:1]).translate(_TONES)
        return unicodedata.normalize("NFC", plain).upper()

    @property
    def order(self) -> tuple[WordKey, ...]:
        """Where it stands in Vietnamese order, word by word."""
        return place_key(self.proper)


@dataclass(frozen=True)
class Installation:
    """One snapshot. ``groups`` lists the units by letter, in Vietnamese order."""

    sample: bool = False
    calendar: Calendar = field(default_factory=Calendar)
    #: How many working days each stage may take.
    targets: Targets = field(default_factory=lambda: TARGETS)
    groups: tuple[tuple[str, tuple[Unit, ...]], ...] = ()
    #: The newest head of the public log, which every receipt prints.
    head: Head | None = None
    #: How long what has ended is kept, which every receipt says beforehand.
    periods: Periods = field(default_factory=Periods)
    #: To whose keys who wrote is sealed.
    roster: Roster | None = None
    #: Who is competent for what the portal does not handle.
    authorities: tuple[Competent, ...] = ()
    #: On what the portal rests, as far as somebody has compared it with its text.
    bases: tuple[Basis, ...] = ()
    #: Under which names the units are known, also older ones.
    places: Gazetteer = field(default_factory=Gazetteer)
    #: Which words the preview masks as abuse, as the desk will.
    lexicon: Lexicon = USUAL

    def __post_init__(self) -> None:
        """Lay out the ways to find a unit once."""
        units = [unit for _letter, members in self.groups for unit in members]
        object.__setattr__(self, "_by_id", {unit.id: unit for unit in units})
        by_slug = {slug: unit for unit in units for slug in (*unit.links, unit.slug)}
        object.__setattr__(self, "_by_slug", by_slug)

    def competent_for(self, matter: Matter) -> tuple[Competent, ...]:
        """The authorities that are named for a matter."""
        return competent_for(self.authorities, matter)

    @property
    def urgent(self) -> tuple[Competent, ...]:
        """Whom to call at once, as every public page says: those with a telephone."""
        return tuple(each for each in self.competent_for(Matter.CRIME) if each.telephone)

    def unit(self, number: int | None) -> Unit | None:
        """The unit with this id, or nothing."""
        found: Mapping[int, Unit] = vars(self)["_by_id"]
        return found.get(number or 0)

    def unit_of_link(self, slug: str) -> Unit | None:
        """The unit that a link names, or nothing."""
        found: Mapping[str, Unit] = vars(self)["_by_slug"]
        return found.get(slug)


class InstallationCache:
    """The newest snapshot, asked for again by the first request after a minute."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        signers: Mapping[int, Ed25519PublicKey] | None = None,
    ) -> None:
        """Remember whom to ask, and whose signature to ask for; nothing is asked yet."""
        self._database = database
        self._signers = signers or {}
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: Installation | None = None
        self._stale_at: datetime | None = None

    def current(self) -> Installation:
        """The snapshot to use now.

        While the database does not answer it is the last one known, or an empty one.
        """
        now = self._clock()
        if self._kept is not None and self._stale_at is not None and now < self._stale_at:
            return self._kept
        with self._lock:
            if self._kept is None or self._stale_at is None or now >= self._stale_at:
                self._refresh(now)
        return self._kept or Installation()

    def _refresh(self, now: datetime) -> None:
        """Ask the database; what did not change stays the same object."""
        try:
            with self._database.reading() as session:
                today = local_date(now)
                fresh = load_installation(session, today=today, signers=self._signers)
        except SQLAlchemyError as error:
            _log.warning("The installation could not be read: %s.", type(error).__name__)
            return
        fresh = replace(fresh, roster=_no_older(fresh.roster, self._kept))
        if fresh != self._kept:
            self._kept = fresh
        self._stale_at = now + LASTS


def load_installation(
    session: Session, *, today: date, signers: Mapping[int, Ed25519PublicKey] | None = None
) -> Installation:
    """Read a snapshot, in few statements."""
    sample = session.scalar(select(Setting.value).where(Setting.name == "sample"))
    rows = session.execute(select(CalendarDay.on, CalendarDay.kind))
    units = _units(session, today)
    return Installation(
        sample=sample == "1",
        authorities=read_authorities(session),
        bases=read_bases(session, on=today),
        calendar=Calendar.of((row.on, row.kind.value) for row in rows),
        targets=read_targets(session),
        groups=_groups(units),
        places=read_gazetteer(session, units=((unit.id, unit.name) for unit in units)),
        head=newest_head(session),
        periods=read_periods(session),
        roster=read_roster(session, keys=signers or {}),
        lexicon=read_lexicon(session),
    )


def _no_older(roster: Roster | None, kept: Installation | None) -> Roster | None:
    """The roster, unless it is older than one known before.

    Whoever writes to the database could bring back one that names a custodian who has left.
    """
    known = kept.roster if kept else None
    older = roster is not None and known is not None and roster.number < known.number
    return None if older else roster


def _units(session: Session, today: date) -> list[Unit]:
    """The communes and wards that exist today and can be picked."""
    rows = session.execute(
        select(Organisation.id, Organisation.short_name, PlaceName.slug)
        .outerjoin(
            PlaceName,
            (PlaceName.organisation_id == Organisation.id) & PlaceName.slug.is_not(None),
        )
        .where(
            Organisation.kind == OrganisationKind.WARD_COMMUNE,
            Organisation.valid_from <= today,
            or_(Organisation.valid_to.is_(None), Organisation.valid_to >= today),
        )
        .order_by(Organisation.id, PlaceName.id)
    )
    slugs: dict[tuple[int, str], list[str]] = {}
    for row in rows:
        slug = row.slug or fold(row.short_name).replace(" ", "-")
        slugs.setdefault((row.id, row.short_name), []).append(slug)
    units = [Unit(*unit, own, tuple(others)) for unit, (own, *others) in slugs.items()]
    return sorted(units, key=lambda unit: (unit.order, unit.id))


def _groups(units: list[Unit]) -> tuple[tuple[str, tuple[Unit, ...]], ...]:
    """The units under their letters; they come sorted."""
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.letter, []).append(unit)
    return tuple((letter, tuple(members)) for letter, members in groups.items())
