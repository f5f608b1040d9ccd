"""Who is stopped before sending, and who is not: by a choice, and by words with their marks."""

import pytest

from portal.gate import Stop, stop_for
from portal.vocabulary import Kind, Matter

#: What people write of each matter, in their own words.
STOPPED = {
    Matter.CORRUPTION: """
Cán bộ địa chính phường nhận tiền 15 triệu của anh tôi để làm sổ đỏ
Ông ấy đòi tiền 5 triệu mới ký
Kế toán biển thủ quỹ của khối
Anh Bách nhận của tôi 15 triệu đồng, hứa làm sổ đỏ mà hai năm chưa có
Muốn xin chữ ký, ông đòi thêm 500 nghìn thì mới cho
Chị ở một cửa gợi ý bồi dưỡng
Cán bộ tư pháp gợi ý bồi dưỡng 200 nghìn mới chứng thực giấy tờ
Làm hồ sơ tách thửa mà ông ấy vòi 10 triệu
Không đưa phong bì thì ông không ký hồ sơ
Ông lấy tiền của dân để làm thủ tục rồi im luôn
Ông trưởng thôn lấy 2 triệu của bà Mận để đưa vào hộ nghèo
Cầm tiền của tôi hai năm vẫn chưa làm sổ đỏ
Nhận 5.000.000 đồng để duyệt cho con ông Hai vào biên chế
Xã ăn chặn tiền cứu trợ bão lũ
Bí thư bớt xén tiền hỗ trợ của hộ nghèo
Rút ruột công trình nhà văn hóa
Ông phó chủ tịch chiếm đoạt đất công
Ai xin xác nhận cũng phải lót tay
can bo dia chinh nhan tien 15 trieu cua anh toi de lam so do
ong ay doi tien 5 trieu moi ky
can bo goi y dua 2 trieu moi chung thuc giay to
Nhận 20 triệu để chạy việc cho con tôi
Đòi phong bì mới duyệt hồ sơ vay vốn
Tôi phải đưa 3 triệu thì mới được cấp giấy phép
Ông nhận tiền mới chịu ký giấy khai sinh
Cán bộ tham ô tiền quỹ
ke toan bien thu quy cua khoi
Không lót tay thì không xong việc
Ông ấy đòi 5tr mới chứng thực
Trưởng khối thu tiền của dân để làm sổ đỏ
truong khoi thu tien cua dan de lam so do
Ông thu 2 triệu của dân mới cấp giấy phép
""",
    Matter.CRIME: """
Ông ta xâm hại cháu gái nhà hàng xóm
Thầy giáo sàm sỡ học sinh lớp 5
Cháu bé nhà bên bị ông ấy nhiều lần xâm hại
Ông ấy xâm hại 2 cháu ở khối
ong ay xam hai chau gai hang xom
""",
    Matter.COMPLAINT: """
Tôi gửi kèm đơn khiếu nại lần thứ hai
toi gui don khieu nai ve quyet dinh thu hoi dat
""",
    Matter.DENUNCIATION: """
don to cao ong Cuong
Tôi đã làm đơn tố cáo gửi huyện
""",
}
#: What is written every day, with nearly the same words.
EVERYDAY = """
Bí thư khối thu tiền quỹ an ninh mà không công khai
Tôi nhận tiền hỗ trợ của phường chậm
Mẹ tôi nhận tiền lương hưu ở bưu điện phải chờ lâu
Đóng tiền điện xong vẫn bị cắt
Thu tiền vệ sinh cao hơn phường bên
Nhà tôi nhận tiền đền bù thiếu
Lấy tiền quỹ khối mua hoa
Đồng chí kiên quyết không nhận tiền để làm sổ đỏ cho ai
Bà con nhận tiền đền bù rồi mới ký biên bản bàn giao
Tôi đến nhận tiền thì phải làm thủ tục mất cả buổi
Phải làm đủ hồ sơ mới được nhận tiền
Nhà nghèo, lấy tiền đâu để làm sổ đỏ
Bán trâu lấy tiền làm sổ đỏ mà chờ ba năm
Nộp tiền làm sổ đỏ đã lâu chưa thấy giấy
Ông ấy đòi hỏi nhiều giấy tờ mới làm thủ tục
Nhận tiền xong ai cũng ký nhận vào sổ
Tôi đòi lại tiền đặt cọc thì ông bảo chờ hồ sơ
Phường yêu cầu nộp 15 nghìn lệ phí để làm hồ sơ
Họp khối tuyên truyền phòng, chống ma túy
Chi bộ học tập về phòng, chống tham nhũng
Nước thải xâm hại ruộng lúa của dân
Xe chở cát xâm hại đường trẻ con đi học
Chị ấy nhận tiền ủng hộ để giúp hộ nghèo
Đồng chí bỏ tiền túi mua quà cho học sinh
Cán bộ hướng dẫn làm thủ tục xong mới nhận tiền trợ cấp
Ông được cử đi học bồi dưỡng lý luận để kết nạp
Đội 7 chậm trả tiền công cho thợ
Ông nhận tiền công rồi không làm đường
Mượn hội trường phải đưa tiền điện
Lệ phí cấp giấy chứng nhận là 100 nghìn
toi nhan tien ho tro cua phuong cham
nha toi nhan tien den bu thieu
ba con dong tien dien, thu tien ve sinh cao
lam chung chi cho con toi phai cho lau
me toi lay tien luong huu phai ky nhan
Ông thu tiền. Hôm sau dân làm hồ sơ
Cháu bé bị ngã do nắp cống hỏng
Ông ta nói to, cao giọng với học sinh
Tổ hòa giải chưa giải quyết việc hai nhà
Vợ tôi nhận tiền thai sản muộn vì hồ sơ thất lạc
Bí thư đòi tiền nước chưa trả thì mới ký
Con ông ấy đòi tiền mua xe
Ông đến nhà bà Ba nhận tiền bán lợn rồi về
Cháu học sinh nghèo chưa được nhận tiền học bổng vì hồ sơ thiếu
Ông trưởng khối đi thu tiền quỹ, ai đóng rồi thì ký tên
Chị phụ nữ gợi ý bồi dưỡng quần chúng ưu tú cho Đảng
Xin cảm ơn đồng chí đã giúp gia đình tôi làm thủ tục nhận tiền bảo hiểm
Cán bộ chi trả chậm, người dân nhận tiền trợ cấp xong mới ký
Tiền làm đường thu rồi mà không làm
Ông bắt dân nộp tiền làm nhà văn hóa
Trẻ em chơi gần ao bị rác xâm lấn
Đòi đất mãi không được giải quyết
Phường chưa trả tiền cho tổ thợ làm hồ sơ
Bác ấy nhận thêm việc thu tiền nước cho khối để đỡ cán bộ làm giấy tờ
ong doi 7 thu tien nuoc cham
Tổ thu tiền điện của dân để nộp về điện lực, hồ sơ rõ ràng
Xã thu thuế của dân rồi mới cấp giấy chứng nhận
Tổ thu gom rác của dân để làm sạch đường
Phường thu lệ phí của dân để làm giấy phép
Khối thu tiền của dân để làm đường
Cán bộ thu hồ sơ của dân, nộp tiền để làm thủ tục
thu nhap cua dan thap, thieu tien de lam so do
to thu gom rac cua dan, thu tien ve sinh de lam thu tuc
Cán bộ hẹn mai mới ký hồ sơ nhận tiền đất
Nhận quà Tết của phường xong mới biết thiếu
Nhà tôi được nhận tiền tái định cư để làm nhà mới, thủ tục chậm
"""


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
    assert stop is not None
    assert (stop.matter, stop.words) == (matter, ())
    assert stop.grave is grave


@pytest.mark.parametrize(
    ("text", "matter", "words"),
    [
        ("Ông ấy nhận hối lộ của tôi", Matter.CORRUPTION, ("nhận hối lộ",)),
        ("MA TÚY và đánh  đập vợ con", Matter.CRIME, ("ma túy", "đánh đập")),
        ("Ma tuý bán ở đầu ngõ", Matter.CRIME, ("ma túy",)),
        ("ong ay nhan hoi lo", Matter.CORRUPTION, ("nhan hoi lo",)),
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


@pytest.mark.parametrize("matter", STOPPED)
def test_each_is_stopped_that_tells_of_it_in_everyday_words(matter: Matter) -> None:
    for sentence in STOPPED[matter].strip().splitlines():
        stop = stop_for("", f"Kinh gui.\n{sentence}. Xin nghe.")
        assert stop is not None, sentence
        assert stop.matter is matter, sentence


def test_everyday_sentences_about_money_and_papers_pass() -> None:
    for sentence in EVERYDAY.strip().splitlines():
        assert stop_for("", sentence) is None, sentence


def test_the_end_of_a_sentence_parts_what_stands_beside_it() -> None:
    assert stop_for("", "Ông nhận tiền của tổ. Làm sổ đỏ thì chậm.") is None
    assert stop_for("", "Ông nhận tiền của tổ\nLàm sổ đỏ thì chậm.") is None
    assert stop_for("", "Ông nhận tiền của tổ để làm sổ đỏ.") is not None


@pytest.mark.parametrize(
    ("kind", "text", "matter", "also"),
    [
        ("crime_tip", "Ông ấy nhận hối lộ.", Matter.CORRUPTION, None),
        ("crime_tip", "Đêm qua ở đầu ngõ.", Matter.CRIME, Matter.CORRUPTION),
        ("crime_tip", "Ông ấy đánh đập vợ.", Matter.CRIME, None),
        ("", "Ông ấy đánh đập vợ, lại tham ô.", Matter.CRIME, Matter.CORRUPTION),
        ("denunciation", "Ông ấy tham ô.", Matter.DENUNCIATION, None),
    ],
)
def test_numbers_for_danger_are_for_danger_only(
    kind: str, text: str, matter: Matter, also: Matter | None
) -> None:
    stop = stop_for(kind, text)
    assert stop is not None
    assert (stop.matter, stop.also, stop.grave) == (matter, also, True)
