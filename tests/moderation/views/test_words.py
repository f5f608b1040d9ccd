"""The screen of the words that are masked as abuse."""

from __future__ import annotations

from sqlalchemy import select

from moderation.opening import open_office
from portal.models import AbuseWord, JournalEntry
from portal.vocabulary import Deed
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import NOON, Ward
from tests.pages import page_of

PLACE = "/settings/words"


def test_a_word_is_added_holds_for_new_letters_and_is_taken_back(
    ward: Ward, staff_client: StaffClient
) -> None:
    an = staff_client("an")
    token = {"csrf_token": page_of(an.get(PLACE)).fields["csrf_token"]}
    for word, said in (
        ("cac", "Từ không dấu này trùng nhiều từ thường. Xin viết đủ dấu."),
        ("!!", "Xin ghi một từ có chữ cái, từ 2 đến 40 ký tự."),
        ("", "Xin ghi một từ hoặc cụm từ."),
    ):
        refused = an.post(PLACE, data={**token, "word": word, "what": "mask"})
        assert refused.status_code == 422
        assert said in refused.text
    done = an.post(
        PLACE, data={**token, "word": "Đồ rác rưởi", "what": "mask"}, follow_redirects=True
    )
    assert "Đã lưu. Áp dụng cho thư đến từ nay." in done.text
    an.post(PLACE, data={**token, "word": "bản đụ", "what": "keep"})
    tried = an.post(f"{PLACE}/try", data={**token, "text": "Đồ rác rưởi ở Bản Đụ"})
    assert "[từ xúc phạm] ở Bản Đụ" in page_of(tried).text
    with ward.database.reading() as session:
        lexicon = open_office(session, ring=ward.ring, at=NOON).lexicon
        assert sorted(lexicon.added | lexicon.kept) == ["bản đụ", "đồ rác rưởi"]
        assert session.scalars(select(JournalEntry.deed)).all()[-1] is Deed.WORDS_SET
    an.post(f"{PLACE}/forget", data={**token, "word": "đồ rác rưởi"})
    with ward.database.reading() as session:
        assert session.scalars(select(AbuseWord.form)).all() == ["bản đụ"]


def test_an_administrator_of_a_ward_reads_the_list_and_changes_nothing(
    ward: Ward, staff_client: StaffClient
) -> None:
    duyen = staff_client("duyen")
    page = page_of(duyen.get(PLACE))
    assert "Người quản trị cấp cao nhất đổi được danh sách này." in page.text
    token = {"csrf_token": page.fields["csrf_token"]}
    sent = {**token, "word": "đồ rác rưởi", "what": "mask"}
    assert duyen.post(PLACE, data=sent).status_code == 404
    assert duyen.post(f"{PLACE}/forget", data=sent).status_code == 404
    with ward.database.reading() as session:
        assert session.scalars(select(AbuseWord)).all() == []
