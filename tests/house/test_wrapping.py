"""Whatever Vietnamese stands in the program is a text that can be translated, or says why not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from tests.house.source import ROOT, modules
from tests.house.texts import VIETNAMESE
from tests.throughout import for_each

_CALLS = {"_", "gettext", "ngettext", "pgettext", "lazy_gettext"}
_TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
_JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)

#: Modules whose Vietnamese is no text for readers, and why.
RULES = {
    "moderation.calendar.sheets": "how columns and kinds of days are called in files",
    "portal.text.": "rules that recognise what people write",
    "moderation.matching.lexicon": "words by which people are named",
    "moderation.matching.likeness": "parts of names",
    "moderation.matching.posts": "words of posts as the register writes them",
    "moderation.versions.details": "ways of saying when, where and who",
    "portal.gate": "words by which a crime is told",
    "moderation.sample.": "sample data, written as residents and committees write",
    "portal.spelling": "spoken to Vietnamese staff in every language",
}
#: Single strings that are no text for readers, and why.
NAMES = {
    ("portal.config", "Tỉnh Lạng Sơn"): "the name of the province, a setting",
    ("moderation.cutting", "và"): "the word between two names in a letter",
    ("moderation.matching.finding", "Chi bộ"): "how the names of cells begin",
    ("moderation.posters.choosing", "Chi bộ "): "how the names of cells begin",
    ("moderation.proving.apps", "Ý kiến nhân dân"): "how telephones name the portal",
    ("moderation.views.devices", "Cốc Cốc"): "the name of a browser",
    ("moderation.almanac", "Ngày Văn hóa Việt Nam"): "kept in the calendar, which staff edit",
    ("moderation.almanac", "Làm bù"): "kept in the calendar, which staff edit",
}
#: The days off of 2026 are rows of the calendar, which staff edit.
_CALENDAR = "portal.deadlines"
#: Strings in expressions of templates that stay Vietnamese, and why.
SPECIMENS = {
    "macros/page.html": "a language is called by its own name",
    "components.html": "names of invented people, and spelling words",
}
#: What a reader or a reading machine is told by an attribute.
_TOLD = re.compile(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"')
#: A class that a page hands to its frame stands alone in a block, like a text.
_CLASSES = {"wrap", "bands", "narrow"}


@for_each(sorted(modules()))
def test_vietnamese_in_a_module_is_a_text_to_translate(name: str) -> None:
    bare = [text for text in _bare(modules()[name]) if not _excused(name, text)]
    assert not bare, f"{name}: wrap these in gettext: {bare}"


@for_each(sorted(modules()))
def test_what_is_to_be_translated_is_written_out(name: str) -> None:
    """A text put together before it is looked up is found in no catalogue."""
    for call in _calls(modules()[name]):
        for argument in call.args[: 2 if _called(call) in {"ngettext", "pgettext"} else 1]:
            assert isinstance(argument, ast.Constant), f"{name}, line {call.lineno}"
            assert isinstance(argument.value, str), f"{name}, line {call.lineno}"


def test_every_excuse_is_still_needed() -> None:
    bare = {(name, text) for name, tree in modules().items() for text in _bare(tree)}
    assert set(NAMES) <= bare, set(NAMES) - bare
    for prefix in (*RULES, _CALENDAR):
        assert any(name.startswith(prefix) for name, _text in bare), prefix


def test_the_file_that_joins_the_rooms_says_nothing() -> None:
    assert not list(_calls(modules()["wsgi"]))


@for_each(_TEMPLATES)
def test_a_template_says_nothing_that_is_not_translated(path: Path) -> None:
    text = _data(path.read_text())
    told = [*_TOLD.findall(text), re.sub(r'[\w-]+="[^"]*"', "", re.sub(r"<[^>]*>", "", text))]
    words = {word for part in told for word in re.findall(r"[^\W\d_]{2,}", part)}
    assert not words - _CLASSES, path


@for_each(_TEMPLATES)
def test_vietnamese_in_an_expression_is_a_text_to_translate(path: Path) -> None:
    name = path.relative_to(ROOT / "templates").as_posix()
    tree = _JINJA.parse(path.read_text())
    wrapped = {id(node) for call in tree.find_all(nodes.Call) for node in _wrapped(call)}
    bare = [
        node.value
        for node in tree.find_all(nodes.Const)
        if isinstance(node.value, str) and VIETNAMESE.search(node.value) and id(node) not in wrapped
    ]
    assert bool(bare) is (name in SPECIMENS), f"{name}: {bare}"


def test_the_script_and_the_sheets_say_nothing_of_their_own() -> None:
    for path in (ROOT / "portal" / "static").rglob("*.*"):
        assert not VIETNAMESE.search(path.read_text()), path.name


def _bare(tree: ast.Module) -> Iterator[str]:
    """The strings with Vietnamese letters that are no argument of a translating call."""
    excused = {id(part) for call in _calls(tree) for part in ast.walk(call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            excused.add(id(node.value))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if VIETNAMESE.search(node.value) and id(node) not in excused:
            yield node.value


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    """The calls that translate."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in _CALLS:
            yield node


def _called(call: ast.Call) -> str:
    """The plain name of what is called."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _excused(name: str, text: str) -> bool:
    """Whether a string may stay Vietnamese."""
    by_rule = any(name.startswith(prefix) for prefix in (*RULES, _CALENDAR))
    return by_rule or (name, text) in NAMES


def _data(source: str) -> str:
    """What a template writes out as it stands; an expression leaves a sign that is no letter."""
    pieces = [value if kind == "data" else "·" for _line, kind, value in _JINJA.lex(source)]
    return "".join(pieces)


def _wrapped(call: nodes.Call) -> list[nodes.Node]:
    """The texts that a call translates."""
    name = call.node.name if isinstance(call.node, nodes.Name) else ""
    return list(call.args) if name in {"_", "gettext", "ngettext"} else []
