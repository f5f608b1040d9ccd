"""Which neighbourhood a letter names, for somebody who is in no register."""

from __future__ import annotations

from moderation.matching import neighbourhood
from tests.moderation.ward import CELL_2, CELL_7, NOON, WARD, Ward


def test_the_first_line_that_names_a_neighbourhood_decides(ward: Ward) -> None:
    with ward.database.reading() as session:

        def found(unit: str = "", about: str = "Chị Xuân", place: str = "") -> int | None:
            return neighbourhood(
                session,
                unit_id=WARD,
                unit_text=unit,
                about=about,
                place=place,
                today=NOON.date(),
            )

        assert found("Khối 2") == CELL_2
        assert found("khoi 2", place="Trước nhà văn hóa khối 7") == CELL_2
        assert found(about="Chị Xuân khối 7") == CELL_7
        assert found(place="ngõ nhỏ ở khối 7") == CELL_7
        # Nothing is guessed: none, several, or a place of work.
        assert found() is None
        assert found("Khối 2, khối 7") is None
        assert found("Trường học") is None
