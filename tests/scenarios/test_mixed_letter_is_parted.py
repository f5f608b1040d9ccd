"""A letter both praises and criticises: it is parted, and its writer follows two matters."""

from __future__ import annotations

from portal.vocabulary import Status
from tests.moderation.ward import WARD
from tests.pages import page_of
from tests.scenarios.town import Letter, Town

PRAISE = "Cô Lụa đến từng nhà vận động các cháu đi học lại."
BLAME = "Ông Bách để vật liệu lấn hết vỉa hè."


def test_each_matter_goes_its_own_way_under_one_code(town: Town) -> None:
    letter = town.send(
        about="Cô Hoàng Thị Lụa ở trường, và ông Nông Văn Bách khối 7", what=f"{PRAISE} {BLAME}"
    )
    hoa = town.at_desk("hoa", letter)
    hoa.do("claim")
    assert BLAME in hoa.page("split").text
    missing = hoa.send("split", staying=BLAME, about="", going=PRAISE)
    assert "Xin ghi việc kia nói về ai" in page_of(missing).text
    # Nobody writes for the writer, and nothing is dropped unseen; what was typed is not lost.
    angry = hoa.send("split", staying=f"{BLAME} Tôi rất giận.", about="Ông Páo", going=PRAISE)
    assert angry.status_code == 422
    for said in (
        "Thư không viết như vậy: “Tôi rất giận.”.",
        "Thư không nhắc đến “Ông Páo”.",
    ):
        assert said in page_of(angry).text
    assert f"{BLAME} Tôi rất giận.</textarea>" in page_of(angry).html
    short = {"staying": BLAME, "about": "Cô Hoàng Thị Lụa", "going": "Cô Lụa đến từng nhà"}
    lost = page_of(hoa.send("split", **short))
    assert "Phần sau không vào thư nào:" in lost.text
    left = "vận động các cháu đi học lại."
    assert f'name="left" value="{left}"' in lost.html
    assert "Phần sau" in page_of(hoa.send("split", **short, left=left)).text
    assert "Phần sau" in page_of(hoa.send("split", **short, left="vận động", agreed="y")).text
    told = hoa.do("split", staying=BLAME, about="Cô Hoàng Thị Lụa, trường", going=PRAISE).text
    assert "Việc kia là hồ sơ PA-2026-000002." in told
    town.work()
    assert hoa.send("split", staying=BLAME, about="Cô Lụa", going=PRAISE).status_code == 409
    page = hoa.page().text
    assert "Việc kia: PA-2026-000002" in page
    # The case shows one matter, and whoever sees both is one step from the letter as it came.
    assert page.count(PRAISE) == page.count("Thư trước khi tách") == 1
    other = Letter(letter.resident, letter.code, letter.number + 1)
    assert town.at_desk("hoa", other).page().text.count(BLAME) == 1
    # Whoever is tied to one matter works on the other and cannot tell that it has a brother.
    tied = town.at_desk("tied", other)
    for told in ("hai việc", "trước khi tách", BLAME):
        assert told not in tied.page().text
    assert tied.client.get(f"/case/{letter.number}").status_code == 404
    town.screen(other, "lua", kind="praise", sentiment="praise", topic="volunteering")
    town.route(other, WARD, "Có lời khen cô giáo vận động học sinh đi học lại.")
    assert town.case(other).status is Status.ROUTED
    # The writer reads where each is, and their own words as they wrote them.
    first = letter.look()
    assert "Ý kiến của ông/bà nói về hai việc" in first
    assert "Xem việc kia: PA-2026-000002" in first
    second = letter.do("look", matter="2")
    assert "Hồ sơ PA-2026-000002" in second
    assert "Ý kiến đã được chuyển." in second
    assert "Xem việc kia: PA-2026-000001" in second
    assert f"{PRAISE} {BLAME}" in letter.do("own")
    assert BLAME not in letter.do("own", matter="2")
    assert "Chỉ rút việc này." in letter.do("ask_withdraw", matter="2")
    letter.do("supply", matter="2", text="Cô còn tặng sách cho các cháu.")
    town.work()
    assert "tặng sách" in town.at_desk("hoa", other).page().text
    assert "tặng sách" not in hoa.page().text
