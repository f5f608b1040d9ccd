"""Pages, and pieces of pages, that are drawn once per process and language.

Only what depends on nothing but the language, the place in the navigation and a few choices may
be kept; what somebody typed, and every code, is filled in for each visitor.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from flask import Flask, current_app, render_template, request
from markupsafe import Markup

from portal.holding import held
from portal.i18n import language


def keep_drawn(app: Flask) -> None:
    """Give templates ``drawn_once(name, draw, key)``: what ``draw()`` gave the first time.

    A page asked for with a query is drawn anew, because its language links carry the query.
    """
    drawn: dict[Hashable, Markup] = {}

    def drawn_once(name: str, draw: Callable[[], Markup], key: str = "") -> Markup:
        if request.query_string:
            return draw()
        place = (name, language(), key)
        if place not in drawn:
            drawn[place] = draw()
        return drawn[place]

    app.jinja_env.globals.update(drawn_once=drawn_once)


def draw_page(
    template: str,
    texts: Mapping[str, str],
    choices: Mapping[str, Hashable],
    more: Callable[[], Mapping[str, object]] = dict,
) -> bytes:
    """The page of a template, drawn once for each set of choices; ``texts`` are filled in.

    The template is given both by name, and what ``more`` makes, which must always be the same.
    There must be few choices; of a text it may only ask whether there is one.
    """
    here = held()
    return here.skeletons.fill(
        (template, language(), *choices.items()),
        here.installation.current(),
        lambda marks: render_template(template, **more(), **choices, **marks),
        texts,
    )


def draw_line(template: str, name: str, kind: Hashable, texts: Mapping[str, str]) -> Markup:
    """What one macro draws for a line of a list, drawn once for each kind of line.

    The macro is given the kind, and the texts by name; of a text it may only ask whether there is
    one. There must be few kinds.
    """
    fill = held().skeletons.fill
    key = (template, name, language(), kind)
    return Markup(fill(key, None, _drawing(template, name, kind), texts).decode())  # noqa: S704  # nosec B704


def draw_same(template: str, name: str, key: Hashable, given: Any) -> Markup:
    """What one macro draws, drawn once for each key while the installation is the same.

    What it is given must then always be drawn alike.
    """
    here = held()
    place, basis = (template, name, language(), key), here.installation.current()
    piece = here.skeletons.fill(place, basis, lambda _marks: str(_macro(template, name)(given)), {})
    return Markup(piece.decode())  # noqa: S704  # nosec B704


def draw_piece(template: str, name: str, *given: Any) -> Markup:
    """What one macro draws: a list that is as long as it is, for a place in such a page."""
    return _macro(template, name)(*given)


def _drawing(template: str, name: str, kind: Hashable) -> Callable[[Mapping[str, str]], str]:
    """How one kind of line is drawn with marks."""
    return lambda marks: str(_macro(template, name)(kind, **marks))


def _macro(template: str, name: str) -> Callable[..., Markup]:
    """One macro of a template."""
    macro: Callable[..., Markup] = getattr(
        current_app.jinja_env.get_template(template).module, name
    )
    return macro
