"""S-20: a wrong code is told nothing, guessing slows down and locks nobody out."""

from __future__ import annotations

from portal.vault import code_from_token, new_token
from tests.scenarios.town import Town


def test_guessing_slows_down_and_the_right_code_opens_all_the_same(town: Town) -> None:
    letter = town.send()
    guesser = town.resident()
    told = []
    for _guess in range(8):
        code = "-".join(code_from_token(new_token(), town.ward.ring.pepper).groups)
        told.append((guesser.track(code).text, guesser.answer.status_code))
    assert "Không có ý kiến nào với mã này." in told[0][0]
    assert told[-1][1] == 429
    assert "Không có gì bị khóa" in told[-1][0]
    assert "Đã tiếp nhận" in guesser.track(letter.code).text


def test_the_words_are_shown_only_when_asked_for_and_the_code_stands_in_no_address(
    town: Town,
) -> None:
    letter = town.send(what="Mấy tháng nay vật liệu lấn hết vỉa hè.")
    assert "lấn hết vỉa hè" not in letter.look()
    assert "lấn hết vỉa hè" in letter.do("own")
    answer = letter.resident.answer
    assert letter.code not in answer.request.url
    assert answer.headers["Cache-Control"] == "no-store"
    left = letter.resident.open("/thoat")
    assert letter.code not in left.html
