"""Files that bring days: what is taken, and the sentence's place for what is odd about them."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from moderation.calendar.arriving import FILE_BYTES, MOST_ROWS, read_file
from moderation.calendar.rows import Fault
from moderation.calendar.sheets import parse_day, write_rows
from moderation.views.calendar.telling import fault_place, fault_words
from portal.models.calendar import DayKind

TODAY = date(2026, 11, 23)
OFF, WORKING = DayKind.OFF, DayKind.WORKING
SHEET = "ngày,loại,ghi chú\n2027-02-04,nghỉ,Tết Đinh Mùi\n20/02/2027,làm bù,\n"
TWO = [(date(2027, 2, 4), OFF, "Tết Đinh Mùi"), (date(2027, 2, 20), WORKING, "")]


def event(*lines: str) -> bytes:
    body = "\r\n".join(("BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"))
    return body.encode()


def taken(data: bytes) -> list[tuple[date, DayKind, str]]:
    arrived = read_file(data, today=TODAY)
    assert arrived.faults == ()
    return [(row.on, row.kind, row.note) for row in arrived.rows]


@pytest.mark.parametrize(
    "data",
    [
        SHEET.encode(),
        b"\xef\xbb\xbf" + SHEET.encode(),
        SHEET.encode("utf-16"),
        SHEET.replace(",", ";").encode(),
        SHEET.replace(",", "\t").encode(),
        SHEET.replace("\n", "\r\n").encode(),
        SHEET.partition("\n")[2].encode(),
        b"NOTE,Date,Kind\n" + "Tết Đinh Mùi,4/2/2027,off\n,20.2.2027,Working\n".encode(),
        "\n\nNgay;Loai;Ghi chu\n04-02-2027;NGHI;Tết Đinh Mùi\n;;\n20-02-2027;lam bu\n".encode(),
    ],
)
def test_a_sheet_is_read_however_a_program_wrote_it(data: bytes) -> None:
    assert taken(data) == TWO


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (("DTSTART;VALUE=DATE:20270204", "SUMMARY:Tết Đinh Mùi"), TWO[:1]),
        (
            ("DTSTART:20270204", "DTEND:20270206", "SUMMARY:Tết\\, hai", "  ngày"),
            [(date(2027, 2, day), OFF, "Tết, hai ngày") for day in (4, 5)],
        ),
        (
            ("DTSTART:20270204", "DURATION:P2D", "SUMMARY:Tết"),
            [(date(2027, 2, day), OFF, "Tết") for day in (4, 5)],
        ),
        (("DTSTART:20270220", "SUMMARY:Làm bù Tết"), [(date(2027, 2, 20), WORKING, "Làm bù Tết")]),
        (
            ("DTSTART:20270220", "CATEGORIES:Working day", "SUMMARY:Bù"),
            [(date(2027, 2, 20), WORKING, "Bù")],
        ),
        (
            ("DTSTART:20270204", "BEGIN:VALARM", "DTSTART:20280101", "END:VALARM", "SUMMARY:Tết"),
            [(date(2027, 2, 4), OFF, "Tết")],
        ),
    ],
)
def test_whole_days_of_a_calendar_are_read(
    lines: tuple[str, ...], days: list[tuple[date, DayKind, str]]
) -> None:
    assert taken(event(*lines)) == days


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault("empty")),
        (b"  \n", Fault("empty")),
        ("ngày,loại,ghi chú\n".encode(), Fault("empty")),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", Fault("empty")),
        (b"x" * (FILE_BYTES + 1), Fault("too_large")),
        (SHEET.encode("cp1258", errors="replace"), Fault("encoding", 1, "3")),
        (b"\x89PNG\r\n\x1a\n", Fault("encoding", 1, "1")),
        (b"PK\x03\x04\0\0", Fault("encoding", 1)),
        ("ngày,ghi chú\n2027-02-04,Tết\n".encode(), Fault("no_column", 1, "loại")),
        (b"a,b\n1,2\n", Fault("no_column", 1, "ngày")),
        (
            "ngày,loại\n31/02/2027,nghỉ\n".encode(),
            Fault("bad_day", 2, "ngày", "31/02/2027"),
        ),
        (
            "ngày,loại\n2027-02-04,nửa ngày\n".encode(),
            Fault("bad_kind", 2, "loại", "nửa ngày"),
        ),
        ("ngày,loại\n2206-02-04,nghỉ\n".encode(), Fault("too_far", 2, value="2206")),
        (f"ngày,loại,ghi chú\n2027-02-04,nghỉ,{'x' * 301}\n".encode(), Fault("long_note", 2)),
        ("ngày,loại\n2027-02-04,nghỉ\n4/2/2027,off\n".encode(), Fault("twice", 3, value="2")),
        (
            "ngày,loại\n2027-02-04,nghỉ\n4/2/2027,làm bù\n".encode(),
            Fault("both", 3, value="2"),
        ),
        ('ngày,loại,ghi chú\n2027-02-04,nghỉ,"Tết\n'.encode(), Fault("broken", 2)),
        (event("SUMMARY:Tết"), Fault("no_day", 2, "DTSTART")),
        (event("DTSTART:20270204", "RRULE:FREQ=YEARLY"), Fault("repeated", 4, "RRULE")),
        (
            event("DTSTART:20270204T080000Z"),
            Fault("has_hours", 3, "DTSTART", "20270204T080000Z"),
        ),
        (event("DTSTART:20270204", "DTEND:20270204"), Fault("too_long", 4, "DTEND")),
        (event("DTSTART:20270204", "DTEND:20280204"), Fault("too_long", 4, "DTEND")),
        (event("DTSTART:20270231"), Fault("bad_day", 3, "DTSTART", "20270231")),
        (event("DTSTART:20270204").partition(b"END:VEVENT")[0], Fault("cut_short", 2)),
    ],
)
def test_what_is_odd_is_told_with_its_place(data: bytes, fault: Fault) -> None:
    found = read_file(data, today=TODAY).faults
    assert found[:1] == (fault,)


def test_ten_thousand_rows_are_refused_once_and_not_ten_thousand_times() -> None:
    rows = "\n".join(["ngày,loại", *["2027-02-04,nghỉ"] * 10_000])
    faults = read_file(rows.encode(), today=TODAY).faults
    assert len(faults) == MOST_ROWS
    assert faults[-1].code == "too_many"


def test_every_fault_of_a_file_is_told_at_once() -> None:
    data = "ngày,loại\nmai,nghỉ\n2027-02-05,nghỉ\n2027-02-06,chơi\n".encode()
    arrived = read_file(data, today=TODAY)
    assert [(each.code, each.row) for each in arrived.faults] == [("bad_day", 2), ("bad_kind", 4)]
    assert [row.on for row in arrived.rows] == [date(2027, 2, 5)]


def test_every_fault_has_a_sentence_and_a_place(staff_app: Flask) -> None:
    fault = Fault("bad_day", 2, "ngày", "mai")
    with staff_app.test_request_context():
        assert fault_place(fault) == "Dòng 2, cột ngày"
        assert fault_words(fault) == "“mai” không phải là ngày. Viết 17/02/2026 hoặc 2026-02-17."
        assert fault_place(Fault("empty")) == "Cả tệp"
        assert "1.000" in fault_words(Fault("too_many", 1001))


@given(
    st.dictionaries(
        st.dates(min_value=date(2024, 1, 1), max_value=date(2031, 12, 31)),
        st.tuples(
            st.sampled_from([OFF, WORKING]),
            st.text(
                alphabet=st.characters(
                    codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\0"
                ),
                max_size=40,
            ).map(lambda text: " ".join(text.split())),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_a_sheet_that_was_taken_out_can_be_brought_back(
    days: dict[date, tuple[DayKind, str]],
) -> None:
    rows = [(on, kind, note) for on, (kind, note) in sorted(days.items())]
    found = read_file(b"".join(write_rows(rows)), today=TODAY)
    assert found.faults == ()
    assert [(row.on, row.kind) for row in found.rows] == [(on, kind) for on, kind, _note in rows]


@given(st.binary(max_size=400))
def test_no_file_at_all_is_more_than_read_or_refused(data: bytes) -> None:
    arrived = read_file(data, today=TODAY)
    assert arrived.rows or arrived.faults
    arrived = read_file(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data, today=TODAY)
    assert arrived.faults


@pytest.mark.parametrize("text", ["", "mai", "2027-13-01", "0/1/2027", "1/1/27", "2027/01/01"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text) is None
