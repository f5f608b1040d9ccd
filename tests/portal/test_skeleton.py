"""A page is drawn once and filled in for everybody, with every text escaped."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from portal.skeleton import Skeletons


def test_a_page_is_drawn_once_and_anew_for_another_basis() -> None:
    drawn: list[object] = []
    skeletons, basis = Skeletons(), object()

    def draw(marks: Mapping[str, str]) -> str:
        drawn.append(marks)
        return f"<i>{marks['csrf']}</i>ệ<b>{marks['token']}</b>{marks['csrf']}"

    def page(key: str, basis: object, csrf: str = "c") -> str:
        return skeletons.fill(key, basis, draw, {"csrf": csrf, "token": "t"}).decode()

    assert [page("a", basis, str(n)) for n in range(3)] == [
        f"<i>{n}</i>ệ<b>t</b>{n}" for n in range(3)
    ]
    assert len(drawn) == 1
    page("b", basis)
    assert len(drawn) == 2
    page("a", object())
    assert len(drawn) == 3


def test_what_looks_like_a_mark_or_like_a_page_is_shown_as_it_was_typed() -> None:
    texts = {"csrf": "@@token@@", "token": "<b>& 5 % %s %(csrf)s", "list": Markup("<li>a")}
    page = Skeletons().fill("a", None, lambda marks: "|".join(marks.values()), texts)
    assert page == b"@@token@@|&lt;b&gt;&amp; 5 % %s %(csrf)s|<li>a"


def test_a_page_may_say_something_else_where_a_text_is_missing() -> None:
    skeletons = Skeletons()

    def page(note: str) -> bytes:
        return skeletons.fill("a", None, lambda marks: marks["note"] or "nothing", {"note": note})

    assert [page(note) for note in ("a", "", "b", "")] == [b"a", b"nothing", b"b", b"nothing"]
