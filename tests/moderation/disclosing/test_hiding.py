"""All tables of a quarter together tell of no small count more than that it is small."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.disclosing.hiding import Cell, Told, hide
from portal.figures.layout import ALL, LAYOUTS, REST, TOTAL, WHOLE
from portal.vocabulary import (
    FigureCourse,
    FigureSide,
    FigureSign,
    FigureTable,
    FigureTimeliness,
    Finding,
    Kind,
    Rating,
    Topic,
)
from tests.moderation.disclosing.reader import reader_of

_T = FigureTable
PLACES = (1, 2, 3)
#: A finished case as it counts, but for its place.
CASE = st.fixed_dictionaries(
    {
        _T.SIDE: st.sampled_from([*FigureSide, FigureSide.OPINION, FigureSide.OPINION]),
        _T.KIND: st.sampled_from([Kind.REPORT, REST]),
        _T.COURSE: st.sampled_from([FigureCourse.ANSWERED, FigureCourse.DECLINED]),
        _T.FINDING: st.sampled_from([Finding.PARTLY, Finding.CLARIFIED]),
        _T.SATISFACTION: st.sampled_from([Rating.SATISFIED, Rating.UNSATISFIED]),
        _T.TIMELINESS: st.sampled_from(FigureTimeliness),
        _T.TOPIC: st.sampled_from([Topic.FAMILY, REST]),
    }
)
Some = tuple[int, int, dict[FigureTable, str]]


def counted(groups: list[Some]) -> Counter[Cell]:
    """The counts of so many cases at a place that are alike."""
    counts: Counter[Cell] = Counter()
    for place, amount, case in groups:
        for one in (WHOLE, place):
            inside = {TOTAL}
            counts[one, *TOTAL] += amount
            for layout in LAYOUTS:
                if layout.of in inside:
                    value = str(case[layout.table])
                    counts[one, layout.table, value] += amount
                    inside.add((layout.table, value))
    return counts


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.integers(1, 9), CASE), max_size=7))
def test_no_small_count_is_told_by_everything_together(groups: list[Some]) -> None:
    told = hide(counted(groups))
    reader = reader_of(told, PLACES)
    for each in told:
        if each.shown is FigureSign.FEW and each.table is not _T.RECEIVED:
            for number in (1, 2, 3, 4):
                assert reader.can_be((each.place, each.table, each.value), number), (each, told)


def shown(told: list[Told], place: int, table: FigureTable) -> dict[str, object]:
    """The numbers of one table at one place."""
    return {each.value: each.shown for each in told if (each.place, each.table) == (place, table)}


REPORT: dict[FigureTable, str] = {
    _T.SIDE: FigureSide.OPINION,
    _T.KIND: Kind.REPORT,
    _T.COURSE: FigureCourse.ANSWERED,
    _T.FINDING: Finding.PARTLY,
    _T.SATISFACTION: Rating.SATISFIED,
    _T.TIMELINESS: FigureTimeliness.ON_TIME,
    _T.TOPIC: Topic.FAMILY,
}


def test_a_quarter_without_a_case_is_two_zeros() -> None:
    assert hide({}) == [Told(WHOLE, _T.RECEIVED, ALL, 0), Told(WHOLE, *TOTAL, 0)]


def test_a_quarter_with_few_cases_says_nothing_else() -> None:
    told = hide(counted([(1, 4, REPORT)]))
    assert [each.shown for each in told] == [0, FigureSign.FEW]


def test_topics_are_told_of_all_places_together_only() -> None:
    told = hide(counted([(1, 30, REPORT), (2, 20, REPORT | {_T.TOPIC: Topic.OTHER})]))
    assert shown(told, WHOLE, _T.TOPIC)[Topic.FAMILY] == 30
    assert not [each for each in told if each.table is _T.TOPIC and each.place != WHOLE]


def test_what_a_hidden_count_is_split_into_is_not_printed() -> None:
    late = REPORT | {_T.COURSE: FigureCourse.DECLINED}
    told = hide(counted([(1, 30, REPORT), (1, 9, late), (2, 3, REPORT), (2, 30, late)]))
    assert shown(told, 2, _T.COURSE)[FigureCourse.ANSWERED] is FigureSign.FEW
    assert shown(told, 2, _T.FINDING) == {}
    assert shown(told, WHOLE, _T.FINDING)[Finding.PARTLY] == 33
