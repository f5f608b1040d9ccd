"""Who is stopped before sending, and who is not: by a choice, and by words with their marks."""

import pytest

from portal.gate import Stop, stop_for
from portal.vocabulary import Kind, Matter


@pytest.mark.parametrize(
    ("kind", "matter", "grave"),
    [
        ("denunciation", Matter.DENUNCIATION, True),
        ("complaint_admin", Matter.COMPLAINT, False),
        ("crime_tip", Matter.CRIME, True),
    ],
)
def test_whoever_chooses_it_is_stopped(kind: str, matter: Matter, grave: bool) -> None:
    stop = stop_for(kind, "Ông ấy để vật liệu.")
    assert stop == Stop(matter)
    assert stop is not None
    assert stop.grave is grave


@pytest.mark.parametrize(
    ("text", "matter", "words"),
    [
        ("Ông ấy nhận hối lộ của tôi", Matter.CRIME, ("nhận hối lộ",)),
        ("MA TÚY và đánh  đập vợ con", Matter.CRIME, ("ma túy", "đánh đập")),
        ("Ma tuý bán ở đầu ngõ", Matter.CRIME, ("ma túy",)),
        ("ong ay nhan hoi lo", Matter.CRIME, ("nhan hoi lo",)),
        ("Tôi xin tố cáo ông Cường", Matter.DENUNCIATION, ("tố cáo",)),
    ],
)
def test_whoever_writes_of_it_is_stopped(text: str, matter: Matter, words: tuple[str, ...]) -> None:
    for kind in ("", Kind.REPORT.value):
        assert stop_for(kind, text) == Stop(matter, words)


@pytest.mark.parametrize(
    "text",
    [
        "Mà tùy từng nhà, nhận tiền hỗ trợ sau lũ, đánh trống, to cao, tờ cáo phó",
        "ma tuy tung nha, nhan tien ho tro, to cao lon xac",
        "Quỹ an ninh cả năm không công khai thu chi, chung chiếu, tham gia",
        "Họp ba buổi, ông nói năng cáu gắt, lấn vỉa hè, cướp lời người khác",
        "",
    ],
)
def test_ordinary_letters_pass(text: str) -> None:
    assert stop_for("", text) is None


@pytest.mark.parametrize("kind", [Kind.PRAISE, Kind.NOMINATION])
def test_whoever_speaks_well_of_somebody_is_never_stopped(kind: Kind) -> None:
    assert stop_for(kind.value, "Cảm ơn đồng chí đã giúp bắt kẻ buôn ma túy.") is None
