"""The words of the gate: what people call a crime, money in office, a denunciation, a complaint.

They are phrases apart by commas, as whole words; how they make a sentence is written in `reading`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.text import canonical, fold

#: Somebody may be in danger.
_DANGER = """
hiếp dâm, dâm ô, xâm hại trẻ em, xâm hại tình dục, mua bán người, ma túy, buôn ma túy, giết người,
chém người, đánh người, đánh đập, bạo hành, cố ý gây thương tích, cướp giật, tống tiền
"""
ABUSE = "xâm hại, sàm sỡ, sờ mó, sờ soạng, giở trò đồi bại, cưỡng bức"
CHILD = "cháu, bé, trẻ, trẻ em, trẻ con, con gái, em gái, em nhỏ, học sinh, thiếu nhi"
#: What may stand between the deed and the child.
COUNTED = "đến, tới, với, một, hai, ba, mấy, nhiều, các, những, đứa, bạn, em, cả, tình dục"
#: Money and papers: whoever is competent for them is not whom to call in danger.
_CORRUPTION = """
lừa đảo chiếm đoạt, hối lộ, nhận hối lộ, đưa hối lộ, vòi tiền, vòi vĩnh, chung chi, lót tay,
đút lót, ăn tiền, ăn hối lộ, tham ô, tham nhũng, biển thủ, chiếm đoạt, rút ruột, ăn chặn,
bớt xén tiền, cắt xén tiền, ăn bớt tiền, đút túi riêng, bỏ túi riêng, chạy chức, chạy án,
đòi phong bì, gợi ý phong bì, phải có phong bì, phải kẹp phong bì, gợi ý đưa tiền,
làm giả giấy tờ, giả mạo chữ ký
"""
_DENUNCIATION = "tố cáo, đơn tố cáo, tố giác, đơn tố giác"
_COMPLAINT = "đơn khiếu nại, tôi khiếu nại, xin khiếu nại, khiếu nại quyết định"
#: Without marks these mean nothing else.
_PLAIN_DANGER = """
hiep dam, xam hai tre em, xam hai tinh duc, buon ma tuy, giet nguoi, danh nguoi, danh dap, cuop giat
"""
_PLAIN_CORRUPTION = """
nhan hoi lo, dua hoi lo, hoi lo, tham o tien, tham o quy, tham nhung, bien thu quy, bien thu tien,
chiem doat, rut ruot, an chan tien, lot tay, dut lot, doi phong bi, lam gia giay to
"""
_PLAIN_DENUNCIATION = "don to cao, don to giac"
_PLAIN_COMPLAINT = "don khieu nai, toi khieu nai, xin khieu nai, khieu nai quyet dinh"

#: Who stands up to it, and who is only paid what is theirs.
AGAINST = "chống, ngừa, tránh"
NOT_BEFORE = """
không, không hề, chẳng, chưa, chưa từng, bao giờ, từ chối, đừng, được, đi, đến, tới, chờ, tôi, dân,
bà con
"""
RECEIVES = "nhận"
#: Fees, rubbish and land are collected every day: money has to follow at once.
COLLECTS = "thu"
#: Whoever sells a buffalo takes money too: it has to be somebody else's, or come before the deed.
FROM_OTHERS, OWN = "của, dân, mới", "mình, nhà, gia đình, vợ, chồng"
UNLESS = "không đưa, không biếu, không lót, không có phong bì, chưa đưa"
#: What people are paid or pay by right, and what is taught.
RIGHTFUL = """
tiền hỗ trợ, tiền trợ cấp, tiền lương, tiền hưu, tiền tuất, tiền chế độ, tiền chính sách, tiền công,
tiền đền bù, tiền bồi thường, tiền đất, tiền sử dụng đất, tiền thuê, tiền cọc, tiền đặt cọc,
tiền điện, tiền nước, tiền vệ sinh, tiền quỹ, tiền phạt, tiền phí, tiền lệ phí, tiền thuế,
tiền học, tiền bảo hiểm, tiền thưởng, tiền ủng hộ, tiền đóng góp, tiền quyên góp, tiền công đức,
tiền gửi, tiền tiết kiệm, tiền vay, tiền bán, tiền mua, tiền lãi, tiền túi, tiền nhà, tiền cá nhân,
tiền đâu, bồi dưỡng lý luận, bồi dưỡng nghiệp vụ, bồi dưỡng kiến thức, bồi dưỡng kỹ năng,
bồi dưỡng quần chúng, bồi dưỡng cán bộ, bồi dưỡng chính trị, bồi dưỡng đảng viên
"""
#: "Đòi lại tiền", "lấy đâu ra tiền": nobody in office asks like that.
BACK = f"{RIGHTFUL}, lại, đâu"
PURPOSE, CONDITION = "để, làm, mới, lo, chạy, giúp, hứa", "để, làm, mới, thì, cho"
DUTY = """
sổ đỏ, sổ hồng, bìa đỏ, giấy tờ, giấy chứng nhận, giấy phép, giấy xác nhận, giấy khai sinh, hồ sơ,
thủ tục, ký, duyệt, phê duyệt, chứng thực, công chứng, xác nhận, cấp phép, cấp đất, tách thửa,
sang tên, hợp thức hóa, bổ nhiệm, kết nạp, chạy việc, lo việc, xin việc, bỏ qua,
danh sách hộ nghèo, diện hộ nghèo, xét hộ nghèo, vào hộ nghèo
"""
WORK = f"{DUTY}, làm việc, giải quyết, được việc, xong việc, trả kết quả"
#: "Ký nhận" is what whoever is paid does.
SIGNS_FOR = "ký nhận, ký vào, ký sổ, ký danh sách, ký tên, kỳ này, kỳ sau, kỳ trước, kỳ lương"


@dataclass(frozen=True)
class Spelling:
    """What is looked for in one way of writing; without marks there is less that is certain."""

    spelled: Callable[[str], str]
    danger: str
    corruption: str
    denunciation: str
    complaint: str
    takes: str
    asks: str
    #: What they make others do.
    makes: str
    money: str


WITH_MARKS = Spelling(
    canonical,
    _DANGER,
    _CORRUPTION,
    _DENUNCIATION,
    _COMPLAINT,
    takes="lấy, cầm",
    asks="đòi, vòi, gợi ý",
    makes="phải đưa, phải biếu, phải lót, bắt đưa, bảo đưa, ép đưa",
    money="tiền, phong bì, quà, bồi dưỡng, lót tay, triệu, nghìn, ngàn",
)
WITHOUT_MARKS = Spelling(
    fold,
    _PLAIN_DANGER,
    _PLAIN_CORRUPTION,
    _PLAIN_DENUNCIATION,
    _PLAIN_COMPLAINT,
    takes="lay",
    asks="doi, goi y",
    makes="phai dua, phai bieu, phai lot, bat dua, bao dua, ep dua",
    money="tien, phong bi, trieu, nghin",
)
