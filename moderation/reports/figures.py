"""Figures that are added up through the tree. Pure.

A blank is not zero: it says that nobody has told a number. The sum of blanks is blank; where some
units are blank the sum is that of the others, and says how many are missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from moderation.reports.tree import Tree
from portal.vocabulary import OrganisationKind

#: A number that somebody told, or a blank.
Value = int | None
#: What one unit told, by the names of columns.
Told = Mapping[str, Value]


class Figure(NamedTuple):
    """A sum, and of how many units it is: ``missing`` of the ``asked`` have told no number."""

    value: Value = None
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


def plus(one: Figure, other: Figure) -> Figure:
    """The sum of both. A blank adds nothing, not even a zero."""
    value = one.value if other.value is None else (one.value or 0) + other.value
    return Figure(value, one.missing + other.missing, one.asked + other.asked)


def add_up(
    tree: Tree,
    told: Mapping[int, Told],
    *,
    columns: Sequence[str],
    ratios: Sequence[Ratio] = (),
) -> dict[int, Sums]:
    """The sums of every unit of a day from what the units themselves have told.

    ``told`` names units of any day; those of another day are added where ``tree.stands_for`` places
    them, and what nothing stands for is left out. Asked is every unit that has none below it, but
    for commissions: they have no members. A number of a higher level's own is added to its sum.
    """
    own, waiting, found = _placed(tree, told), dict[int, list[Figure]](), dict[int, Sums]()
    for number in tree.upwards():
        asked = tree.is_leaf(number) and tree[number].kind is not OrganisationKind.COMMISSION
        sums = mine = _figures(own.get(number, {}), columns, ratios, asked=int(asked))
        if below := waiting.pop(number, None):
            sums = list(map(plus, mine, below))
        apart = _named(mine, columns, ratios) if below and number in own else None
        found[number] = _named(sums, columns, ratios)._replace(own=apart)
        above = tree.parent(number)
        if above is not None:
            waiting[above] = list(map(plus, waiting[above], sums)) if above in waiting else sums
    return found


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
    return {
        name: plus(Figure(one.get(name)), Figure(other.get(name))).value for name in {*one, *other}
    }


def _figures(
    values: Told, columns: Sequence[str], ratios: Iterable[Ratio], *, asked: int
) -> list[Figure]:
    """The figures of one unit: its columns, then of each ratio both numbers or two blanks."""
    plain = [values.get(name) for name in columns]
    for part, whole in ratios:
        pair = (values.get(part), values.get(whole))
        plain += (None, None) if None in pair else pair
    return [
        Figure(value, asked if value is None else 0, asked if value is None else max(asked, 1))
        for value in plain
    ]


def _named(sums: Sequence[Figure], columns: Sequence[str], ratios: Sequence[Ratio]) -> Sums:
    """The figures under the names of their columns and ratios."""
    pairs = sums[len(columns) :]
    return Sums(
        dict(zip(columns, sums, strict=False)),
        {ratio: Rate(pairs[2 * place], pairs[2 * place + 1]) for place, ratio in enumerate(ratios)},
    )
