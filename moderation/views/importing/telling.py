"""The words of imports: what is wrong with a file or a row, what a row changes, how far one is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.importing.about import About
from moderation.importing.columns import FIELDS
from moderation.importing.finding import ShownLine
from moderation.views.importing.faults import fault_words, letter, told_at
from portal.models import Organisation, RegisterImport
from portal.models.register_import import ImportKind, ImportState, Verdict
from portal.text import vn_date, vn_datetime
from portal.vocabulary import MembershipStatus, OrganisationKind, PostTitle, UnitKind
from portal.vocabulary.labelled import Labelled

_KINDS = {ImportKind.MEMBERS: _("Đảng viên"), ImportKind.ORGANISATIONS: _("Tổ chức đảng")}
_STATES = {
    ImportState.MAPPING: _("Chờ chọn cột"),
    ImportState.READING: _("Đang đọc và so sánh"),
    ImportState.READY: _("Chờ xác nhận"),
    ImportState.CONFIRMED: _("Đang ghi vào danh sách"),
    ImportState.DONE: _("Đã ghi vào danh sách"),
    ImportState.FAILED: _("Không đọc được"),
    ImportState.DISCARDED: _("Đã bỏ, không đổi gì"),
}
_WRONG_COLUMNS = {
    "missing": _("Chưa chọn cột nào là “%(field)s”."),
    "never": _("Cột chọn làm “%(field)s” là cột cổng không đọc."),
    "twice": _("Có hai cột cùng chọn là “%(field)s”. Xin giữ một cột."),
}
_VOCABULARY: tuple[type[Labelled], ...] = (OrganisationKind, UnitKind, PostTitle, MembershipStatus)
_TERMS = {word.value: word for words in _VOCABULARY for word in words}
_TO_CORRECT = _("Cần sửa trong tệp")

Names = Mapping[int, str]


def import_line(row: RegisterImport) -> dict[str, Any]:
    """An import in words: what it is, how far, and what it did."""
    tally, fault = row.tally, row.fault or {}
    there = max(row.rows_there, row.rows_read, 1)
    told = (
        told_at(fault["code"], int(fault.get("row", 0)), int(fault.get("column", 0)))
        if fault
        else None
    )
    return {
        "id": row.id,
        "name": row.name or "",
        "kind": str(_KINDS[row.kind]),
        "state": row.state.value,
        "state_label": str(_TO_CORRECT if _is_stuck(row) else _STATES[row.state]),
        "at": vn_datetime(row.at),
        "read": row.rows_read,
        "there": there,
        "rows": tally.get("rows", 0),
        "add": tally.get(Verdict.ADD, 0),
        "change": tally.get(Verdict.CHANGE, 0),
        "problem": tally.get(Verdict.PROBLEM, 0),
        "same": tally.get("same", 0),
        "again": "again" in tally,
        "fault": told,
    }


def _is_stuck(row: RegisterImport) -> bool:
    """Whether the file has to be corrected before anything of it is imported."""
    return row.state is ImportState.READY and bool(row.tally.get(Verdict.PROBLEM))


def column_lines(row: RegisterImport, about: About) -> list[dict[str, Any]]:
    """Each column of the chosen sheet, and what it is taken for."""
    taken = {place: name for name, place in row.plan["columns"].items()}
    options = [("", gettext("Không lấy"))]
    options += [(field.name, str(field.label)) for field in FIELDS[row.kind]]
    return [
        {
            "place": place,
            "letter": letter(place),
            "head": column.head,
            "samples": column.samples,
            "never": column.never,
            "options": [(value, label, value == taken.get(place, "")) for value, label in options],
        }
        for place, column in enumerate(about.sheets[row.plan["sheet"]].columns)
    ]


def wrong_columns(row: RegisterImport, wrong: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is wrong with the choice of columns, each with the field to go to."""
    labels = {field.name: str(field.label) for field in FIELDS[row.kind]}
    places = row.plan["columns"]
    return [
        (f"c{places.get(name, 0)}", str(_WRONG_COLUMNS[code]) % {"field": labels[name]})
        for name, code in wrong
    ]


def names_in(session: Session, lines: Iterable[ShownLine]) -> Names:
    """The names of the organisations that rows are about, in one statement."""
    wanted = {number for line in lines for number in _numbers(line.body)}
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))
    )
    return {row.id: row.name for row in rows}


def preview_line(line: ShownLine, kind: ImportKind, names: Names) -> dict[str, Any]:
    """One row of the preview: whom it is about, and what it changes or what is wrong."""
    labels = {field.name: str(field.label) for field in FIELDS[kind]}
    body = line.body
    home = names.get(body.get("home", 0), "")
    return {
        "number": line.number,
        "name": body["name"],
        "sub": ", ".join(str(each) for each in (body.get("year"), home) if each),
        "changes": [
            (labels[column], _worded(column, was, names), _worded(column, now, names))
            for column, was, now in body.get("changes", [])
            if column not in ("name", "birth_year") or was is not None
        ],
        "faults": [
            (labels.get(column, ""), fault_words(code, value))
            for column, code, value in body.get("faults", [])
        ],
    }


def _worded(column: str, value: Any, names: Names) -> str:
    """What stood in the register or will, as people read it."""
    if value is None:
        return ""
    if not isinstance(value, list):
        is_place = isinstance(value, int) and column != "birth_year"
        return names.get(value, f"#{value}") if is_place else _term(str(value))
    what, since, until = value
    days = [vn_date(date.fromisoformat(each)) if each else "" for each in (since, until)]
    if days[1]:
        span = gettext("%(since)s đến %(until)s", since=days[0], until=days[1])
    else:
        span = gettext("từ %(since)s", since=days[0])
    return f"{_what(what, names)}, {span}"


def _what(what: Any, names: Names) -> str:
    """An organisation, a status, or a post with where it is."""
    if isinstance(what, int):
        return names.get(what, f"#{what}")
    if isinstance(what, list):
        place, title, words = what
        return f"{words or _TERMS[title].label} ({names.get(place, place)})"
    return _term(what)


def _term(value: str) -> str:
    """A word of the vocabulary."""
    return str(_TERMS[value].label) if value in _TERMS else value


def _numbers(body: Mapping[str, Any]) -> Iterable[int]:
    """The numbers of organisations in a row."""
    yield body.get("home", 0)
    for column, *values in body.get("changes", []):
        if column == "birth_year":
            continue
        for value in values:
            what = value[0] if isinstance(value, list) else value
            what = what[0] if isinstance(what, list) else what
            if isinstance(what, int):
                yield what
