"""A page is drawn once and filled in for everybody."""

from __future__ import annotations

from collections.abc import Mapping

from portal.skeleton import Skeletons


def test_a_page_is_drawn_once_and_anew_for_another_basis() -> None:
    drawn: list[object] = []
    skeletons, basis = Skeletons(), object()

    def draw(marks: Mapping[str, str]) -> str:
        drawn.append(marks)
        return f"<i>{marks['csrf']}</i>ệ<b>{marks['token']}</b>{marks['csrf']}"

    pages = [skeletons.fill("a", basis, draw, csrf=str(n), token="t").decode() for n in range(3)]
    assert pages == [f"<i>{n}</i>ệ<b>t</b>{n}" for n in range(3)]
    assert len(drawn) == 1
    skeletons.fill("b", basis, draw, csrf="c", token="t")
    assert len(drawn) == 2
    skeletons.fill("a", object(), draw, csrf="c", token="t")
    assert len(drawn) == 3


def test_a_value_that_looks_like_a_mark_is_left_as_it_is() -> None:
    page = Skeletons().fill("a", None, lambda marks: marks["csrf"], csrf="@@token@@", token="t")
    assert page == b"@@token@@"
