"""What masking leaves behind: the words put in place of personal data and of abuse."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: The kind of what was masked, and the words that stand in its place for every reader.
WORDS = {
    "email": "[đã che thư điện tử]",
    "link": "[đã che trang cá nhân]",
    "code": "[đã che mã tra cứu]",
    "bank": "[đã che số tài khoản]",
    "party_card": "[đã che số thẻ đảng]",
    "insurance": "[đã che số bảo hiểm]",
    "tax": "[đã che mã số thuế]",
    "passport": "[đã che số hộ chiếu]",
    "cccd": "[đã che số căn cước]",
    "cmnd": "[đã che số chứng minh]",
    "phone": "[đã che số điện thoại]",
    "number": "[đã che dãy số]",
    "plate": "[đã che biển số xe]",
    "abuse": "[từ xúc phạm]",
}

#: Any of these, exactly as written here.
TOKEN = re.compile("|".join(re.escape(words) for words in WORDS.values()))


@dataclass(frozen=True)
class Masked:
    """Text that a reader may see, how many places were masked, and their kinds in WORDS order."""

    text: str
    count: int
    kinds: tuple[str, ...]
