"""A budget is held up to and including its bound."""

import pytest

from bench.budgets import Line, of_growth, of_speed, of_weight
from bench.measuring import Run
from bench.visit import Visit

FLOOR, HELLO, PORTAL = Run(1000, 1, 10), Run(1500, 1, 1), Run(700, 1, 20)


@pytest.mark.parametrize(("measured", "held"), [(0.69, False), (0.7, True), (2, True)])
def test_a_least_bound_holds_from_its_value_on(measured: float, held: bool) -> None:
    assert Line("form page", measured, "× floor", least=0.7).held is held


@pytest.mark.parametrize(("measured", "held"), [(0, True), (1.5, True), (1.51, False)])
def test_a_most_bound_holds_up_to_its_value(measured: float, held: bool) -> None:
    line = Line("cold start", measured, "s", most=1.5)
    assert (line.held, line.asked) == (held, "≤ 1.5 s")


def test_the_speeds_are_compared_with_the_floor_and_the_floor_with_the_bare_page() -> None:
    acts = ("page, 8", "send, 1", "send, 8", "track, 8")
    rounds = {("floor", act): [FLOOR] for act in acts} | {("portal", act): [PORTAL] for act in acts}
    lines = of_speed({**rounds, ("hello", "page, 8"): [HELLO]})
    assert [round(line.measured, 2) for line in lines] == [0.67, 0.67, 0.7, 0.7, 0.7, 2, 0.7]
    assert all(line.held for line in lines)


def test_what_is_heavy_misses_its_budget() -> None:
    heavy = of_weight(Visit(("/",) * 5, 30_001), cold_start=1.6, memory=101)
    assert not any(line.held for line in [*heavy, of_growth(100_000, 10.1)])
    light = of_weight(Visit(("/",) * 4, 30_000), cold_start=1.5, memory=100)
    assert all(line.held for line in [*light, of_growth(100_000, 10)])
