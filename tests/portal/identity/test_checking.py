"""What could reach somebody, and what is shown of it to its writer."""

from __future__ import annotations

import pytest

from portal.identity.checking import is_mail, is_telephone
from portal.identity.hiding import half_hidden


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("0500 000 231", True),
        ("+84 500 000 231", True),
        ("(025) 3812.345", True),
        ("0500-000-231", True),
        ("0500", False),
        ("0" * 16, False),
        ("máy bà Yến 0500 000 231", False),
        ("không có", False),
        ("++0500 000 231", False),
    ],
)
def test_a_telephone_number(text: str, fits: bool) -> None:
    assert is_telephone(text) is fits


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("yen@thu.vi.du", True),
        ("mong.yen+y-kien@gmail.com", True),
        ("yến@ví-dụ.vn", True),
        ("yen", False),
        ("yen@thu", False),
        ("a@b.vn, c@d.vn", False),
        ("yen@@thu.vn", False),
        ("yen@thu..vn", False),
        ("<yen@thu.vn>", False),
        ("yen@thu.vn\nBcc: x@y.vn", False),
    ],
)
def test_a_mail_address(text: str, fits: bool) -> None:
    assert is_mail(text) is fits


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mông Thị Yến", "M••• T•• Y••"),
        ("0500 000 231", "•••• ••• 231"),
        ("yen.mong@thu.vi.du", "y••.••••@thu.vi.du"),
        ("Số 88, khối 9", "S• 8•, k••• 9"),
    ],
)
def test_the_writer_knows_it_again_and_nobody_else_reads_it(text: str, shown: str) -> None:
    assert half_hidden(text) == shown
