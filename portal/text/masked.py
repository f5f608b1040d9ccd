"""What masking leaves behind: the words put in place of personal data and of abuse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
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
    #: What a moderator takes out by hand; no rule of ours ever does.
    "removed": "[đã lược bỏ]",
}

#: Any of these, exactly as written here.
TOKEN = re.compile("|".join(re.escape(words) for words in WORDS.values()))

#: What no rule looks into or across: earlier masks, and the portal's own reference numbers.
_KEPT = re.compile(rf"({TOKEN.pattern}|(?<![^\W_])PA-\d{{4}}-\d{{6}}(?!\d))")


@dataclass(frozen=True)
class Masked:
    """Text that a reader may see, how many places were masked, and their kinds in WORDS order."""

    text: str
    count: int
    kinds: tuple[str, ...]

    @classmethod
    def between(cls, before: str, after: str) -> Masked:
        """What was masked on the way from one text to the other; masks of earlier do not count."""
        if after == before:
            return cls(after, 0, ())
        new = Counter(TOKEN.findall(after))
        new.subtract(TOKEN.findall(before))
        kinds = tuple(kind for kind, words in WORDS.items() if new[words] > 0)
        return cls(after, new.total(), kinds)


def between_masks(text: str, rule: Callable[[str], str]) -> str:
    """The text with a rule applied to each stretch that holds no mask and no reference number.

    A mask thus ends every context, which is why masking masked text changes nothing.
    """
    if "[" not in text and "PA-" not in text:
        # Every mask begins with the one and every reference with the other: nothing to keep out.
        return rule(text)
    parts = _KEPT.split(text)
    parts[::2] = [rule(part) for part in parts[::2]]
    return "".join(parts)
