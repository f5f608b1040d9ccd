"""Figures that are added up through the tree. Pure.

A blank is not zero: it says that nobody has told a number. The sum of blanks is blank; where some
units are blank the sum is that of the others, and says how many are missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from moderation.reports.tree import Tree
from portal.vocabulary import OrganisationKind

#: A number that somebody told, or a blank.
Value = int | None
#: What one unit told, by the names of columns: numbers, blanks, or what adds up like numbers.
Told = Mapping[str, Any]


class Figure(NamedTuple):
    """A sum, and of how many units it is: ``missing`` of the ``asked`` have told no number."""

    value: Any = None
    missing: int = 0
    asked: int = 0


class Ratio(NamedTuple):
    """Which column is told as a share of which other one."""

    part: str
    whole: str


class Rate(NamedTuple):
    """A part of a whole, both of the same units: those that have told both numbers."""

    part: Figure = Figure()
    whole: Figure = Figure()

    @property
    def blank(self) -> bool:
        """Whether there is no rate: one of both is not known, or the whole is nothing."""
        return self.part.value is None or not self.whole.value


class Sums(NamedTuple):
    """What one unit has with everything below it."""

    figures: Mapping[str, Figure]
    rates: Mapping[Ratio, Rate]
    #: What it has told itself, where others stand below it: it is in the sum and in none of theirs.
    own: Sums | None = None


#: A figure that is still added to: its value, how many are missing, and how many were asked.
_Sum = list[Any]


class Summed(Mapping[int, Sums]):
    """The sums of every unit of a day. They are named one by one, because few of them are read."""

    def __init__(self, columns: Sequence[str], ratios: Sequence[Ratio]) -> None:
        """Begin with nothing."""
        self._columns, self._ratios = columns, ratios
        self.all, self.apart = dict[int, list[_Sum]](), dict[int, list[_Sum]]()

    def __getitem__(self, number: int) -> Sums:
        """The sums of one unit. Raises KeyError."""
        own = self.apart.get(number)
        return self._named(self.all[number])._replace(own=self._named(own) if own else None)

    def __iter__(self) -> Iterator[int]:
        """The units."""
        return iter(self.all)

    def __len__(self) -> int:
        """How many units there are."""
        return len(self.all)

    def _named(self, sums: Sequence[_Sum]) -> Sums:
        """The figures under the names of their columns and ratios."""
        figures = [Figure(*each) for each in sums]
        pairs = figures[len(self._columns) :]
        return Sums(
            dict(zip(self._columns, figures, strict=False)),
            {
                ratio: Rate(pairs[2 * place], pairs[2 * place + 1])
                for place, ratio in enumerate(self._ratios)
            },
        )


def add_up(
    tree: Tree,
    told: Mapping[int, Told],
    *,
    columns: Sequence[str],
    ratios: Sequence[Ratio] = (),
) -> Summed:
    """The sums of every unit of a day from what the units themselves have told.

    ``told`` names units of any day; those of another day are added where ``tree.stands_for`` places
    them, and what nothing stands for is left out. Asked is every unit that has none below it, but
    for commissions: they have no members. A number of a higher level's own is added to its sum.
    """
    own, found = _placed(tree, told), Summed(columns, ratios)
    for number in tree.upwards():
        leaf = tree.is_leaf(number)
        asked = leaf and tree[number].kind is not OrganisationKind.COMMISSION
        mine = _figures(own.get(number, {}), columns, ratios, asked=int(asked))
        below = found.all.get(number)
        if below is None:
            found.all[number] = below = mine
        else:
            if number in own:
                found.apart[number] = mine
            _add(below, mine)
        above = tree.parent(number)
        if above is None:
            continue
        if above in found.all:
            _add(found.all[above], below)
        else:
            # What is added up so far of a unit waits under its number.
            found.all[above] = [each.copy() for each in below]
    return found


def _add(sums: list[_Sum], others: list[_Sum]) -> None:
    """Add figures to sums. A blank adds nothing, not even a zero."""
    for mine, other in zip(sums, others, strict=True):
        if other[0] is not None:
            mine[0] = other[0] if mine[0] is None else mine[0] + other[0]
        mine[1] += other[1]
        mine[2] += other[2]


def _placed(tree: Tree, told: Mapping[int, Told]) -> dict[int, Told]:
    """What was told, by the units of the day."""
    found = dict[int, Told]()
    for number, values in told.items():
        place = tree.stands_for(number)
        if place is not None:
            found[place] = _joined(found[place], values) if place in found else values
    return found


def _joined(one: Told, other: Told) -> Told:
    """What two units told together."""
    names = list({**one, **other})
    sums = [[one.get(name), 0, 0] for name in names]
    _add(sums, [[other.get(name), 0, 0] for name in names])
    return {name: total[0] for name, total in zip(names, sums, strict=True)}


def _figures(
    values: Told, columns: Sequence[str], ratios: Iterable[Ratio], *, asked: int
) -> list[_Sum]:
    """The figures of one unit: its columns, then of each ratio both numbers or two blanks."""
    plain = [values.get(name) for name in columns]
    for part, whole in ratios:
        pair = (values.get(part), values.get(whole))
        plain += (None, None) if None in pair else pair
    return [[value, asked, asked] if value is None else [value, 0, 1] for value in plain]
