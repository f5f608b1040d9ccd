"""A file on its way in: in memory without a name, bounded, and one of a few at a time."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from portal.files.arriving import AT_ONCE, FILE_BYTES, Upload, read_parts
from portal.files.naming import MOST, typed_name
from portal.files.taking import Crowded, TooLarge, look
from tests.specimens import photo
from tests.uploads import body


@contextmanager
def upload(name: str = "anh.jpg") -> Iterator[Upload]:
    """A file that has begun to arrive."""
    made = Upload("file", name)
    try:
        yield made
    finally:
        made.close()


def test_it_lies_in_memory_without_a_name() -> None:
    with upload() as one:
        one.take(bytes(2_000_000))
        assert one.kept is not None
        assert os.readlink(f"/proc/self/fd/{one.kept.fileno()}").startswith("/memfd:")


def test_what_is_too_large_is_thrown_away_as_it_comes() -> None:
    with upload() as one:
        for _piece in range(32):
            one.take(bytes(1024 * 1024))
        assert one.kept is not None
        assert one.size > FILE_BYTES
        assert os.fstat(one.kept.fileno()).st_size == 0
        with pytest.raises(TooLarge):
            look(one)


def test_only_a_few_are_on_their_way_at_once_and_a_seat_comes_free() -> None:
    with ExitStack() as stack:
        for _seat in range(AT_ONCE):
            stack.enter_context(upload())
        with upload() as late:
            late.take(photo())
            assert late.kept is None
            with pytest.raises(Crowded):
                look(late)
    with upload() as next_one:
        assert next_one.kept is not None


def test_a_form_that_is_broken_or_cut_short_keeps_nothing_open() -> None:
    whole = body(photo(), csrf_token="x")
    for broken in (b"", whole[:50], whole[:-5], b"x" * 999):
        with pytest.raises(BadRequest):
            read_parts(io.BytesIO(broken), "xx", 9)
    with pytest.raises(RequestEntityTooLarge):
        read_parts(io.BytesIO(body(photo(), code="x" * 20_000)), "xx", 9)
    fields, files = read_parts(io.BytesIO(whole), "xx", 9)
    assert fields["csrf_token"] == "x"
    files["file"].close()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Hoa\\ảnh.jpg", "ảnh.jpg"),
        ("a\x00b\u202egpj.exe\n", "abgpj.exe"),
        ("e\u0302\u0323.png", "ệ.png"),
        ("/", ""),
        ("", ""),
    ],
)
def test_a_name_is_one_clean_line_and_no_path(typed: str, kept: str) -> None:
    assert typed_name(typed) == kept


def test_a_name_of_ten_thousand_signs_is_cut() -> None:
    assert len(typed_name("ả" * 10_000)) == MOST
