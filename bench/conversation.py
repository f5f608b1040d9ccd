"""What a resident does at the portal, and at the floor, which takes the same conversation.

Each act is made once for a connection and then repeated; it raises Refused when the answer is
not the one a resident hopes for, so that nothing is measured that did not happen.
"""

import itertools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from bench.browser import Answer, Browser

FORM = "/gui-y-kien"
TRACK = "/tra-cuu"
CODE = re.compile(r"\b(?:[0-9A-HJKMNP-TV-Z]{4}[\s\-–]+){4}[0-9A-HJKMNP-TV-Z]{4}\b")
TAG = re.compile(r"<[^>]+>")
NUMBER = itertools.count()
SENTENCES = (
    "Tối thứ bảy vừa rồi nhà văn hóa của khối mất điện trong lúc bà con đang họp.",
    "Đồng chí ấy đã đến tận nơi, cùng thợ kiểm tra đường dây cho đến gần nửa đêm.",
    "Hôm sau đồng chí còn quay lại hỏi thăm các cụ già sống một mình ở cuối ngõ.",
    "Tuy vậy, khoản tiền góp sửa đường từ đầu năm đến nay vẫn chưa được công khai.",
    "Tôi mong chi bộ nhắc việc dán bảng thu chi ở nơi mọi người dễ nhìn thấy.",
    "Rác ở đầu ngõ có hôm để đến trưa, người đi chợ phải tránh xuống lòng đường.",
    "Khi được hỏi, đồng chí trả lời nhẹ nhàng và hẹn ngày giải quyết rõ ràng.",
    "Đến hẹn thì việc chưa xong, mà bà con cũng không được báo lý do.",
)

Act = Callable[[], object]


class Refused(Exception):
    """A resident would not have got what the act is for."""


@dataclass(frozen=True)
class Words:
    """What one person writes: about whom, and what happened."""

    about: str
    what: str


def words() -> Words:
    """Return words that no other submission of this run holds, of about 600 letters."""
    number = next(NUMBER)
    # The order must be another one each time and the same in each run; it hides nothing.
    chosen = random.Random(number).sample(SENTENCES, len(SENTENCES))  # nosec B311
    return Words(f"Ông Hùng, tổ trưởng tổ {number}", f"Việc thứ {number}. {' '.join(chosen)}")


def page(browser: Browser) -> Act:
    """Make the act of opening the form."""
    return lambda: accepted(browser.get(FORM))


def submission(browser: Browser) -> Act:
    """Make the act of sending a comment: the form, the preview, and sending."""
    return lambda: send(browser, words())


def tracking(code: str) -> Callable[[Browser], Act]:
    """Make, for each connection, the act of looking up one code."""

    def prepare(browser: Browser) -> Act:
        fields = {**accepted(browser.get(TRACK)).hidden(), "code": code}
        return lambda: accepted(followed(browser, browser.post(TRACK, fields)))

    return prepare


def send(browser: Browser, written: Words) -> str:
    """Send one comment as a new visitor and return its code. Raises Refused."""
    browser.cookies.clear()
    fields = {"about": written.about, "what": written.what}
    form = accepted(browser.get(FORM)).hidden()
    preview = accepted(browser.post(FORM, {**form, **fields, "step": "preview"})).hidden()
    sent = browser.post(FORM, {**preview, **fields, "step": "send", "consent": "y"})
    found = CODE.search(TAG.sub(" ", accepted(followed(browser, sent)).text))
    if not found:
        raise Refused("the receipt shows no code")
    return found[0]


def followed(browser: Browser, answer: Answer) -> Answer:
    """Return the page a redirect leads to, or the answer itself."""
    return browser.get(answer.headers["location"]) if answer.status in {302, 303} else answer


def accepted(answer: Answer) -> Answer:
    """Return a good answer. Raises Refused for any other."""
    if answer.status != 200:
        raise Refused(f"answered {answer.status}: {TAG.sub(' ', answer.text)[:300]}")
    return answer
