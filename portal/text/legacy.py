"""Old Vietnamese fonts: the signs that betray text typed for TCVN3 or VNI. Never converts any.

Pasted from an old document, "Đông Bế" arrives as "§«ng BÕ" (TCVN3) or "Ñoâng Beá" (VNI), readable
only in the font it was typed in. The form can then ask the writer to type it anew.
"""

from __future__ import annotations

import re

#: Signs that TCVN3 uses as Vietnamese letters.
_SIGNS = frozenset("§¶·¸¹µ®¨©ª¬¼½¾¡¢£¤¥¦÷×")
_ANY_SIGN = re.compile(f"[{''.join(sorted(_SIGNS))}]")
#: Where no Vietnamese word has đ (®) or à (µ), a brand has its mark, a size its unit.
_NOT_LETTERS = re.compile(r"(?<=.)®|(?<=\d)µ")
#: Quotes, and letters of other languages, that TCVN3 uses as other letters; telling beside a sign.
_STRANGERS = frozenset("«»ßÞþØøåÅæÆçÇëËïÏîÎñÑöÖûÛüÜäÄ")
#: Pairs that VNI makes of a vowel and its mark, in small letters; no Vietnamese word contains them.
VNI_PAIR = re.compile(r"[aeouyôöơư][ùõøûïåäüë]|[aeo][âê]|a[áàãéèú]|e[áàã]|ö[ôï]|(?<![^\W_])ñ")
#: The same pairs from behind. Where there is none, as in nearly every text, this tells it in a
#: sixth of the time: what may end a pair is rarer than what may begin one.
VNI_END = re.compile(
    r"[ùõøûïåäüëâêáàãéèúôñ](?:(?<=[aeouyôöơư][ùõøûïåäüë])|(?<=[aeo][âê])|(?<=a[áàãéèú])"
    r"|(?<=e[áàã])|(?<=ö[ôï])|(?<=ñ))"
)
_VIETNAMESE_ONLY = re.compile("[ĂăĐđƠơƯư\u1ea0-\u1ef9]")


def is_legacy_encoding(text: str) -> bool:
    """Whether the text looks typed in an old font (TCVN3, also called ABC, or VNI).

    It takes two different signs inside words, and more of them than real Vietnamese letters, so
    that a unit, a brand or one foreign name is not mistaken for it.
    """
    found = _tcvn3_signs(text) or _vni_pairs(text.lower())
    return len(set(found)) >= 2 and len(found) > len(_VIETNAMESE_ONLY.findall(text))


def _tcvn3_signs(text: str) -> list[str]:
    """The odd characters of words that mix them with plain letters; none without a true sign."""
    if not _ANY_SIGN.search(text):
        return []
    words = [word for word in text.split() if any(c.isascii() and c.isalpha() for c in word)]
    odd = [
        char
        for word in words
        for char in _without_marks(word)
        if char in _SIGNS or char in _STRANGERS
    ]
    return odd if _SIGNS.intersection(odd) else []


def _without_marks(word: str) -> str:
    """A word without what marks a brand or a size; © does so where no letter comes after it."""
    plain = _NOT_LETTERS.sub("", word)
    end = next((at for at in range(len(plain), 0, -1) if _is_letter(plain[at - 1])), 0)
    return plain[:end] + plain[end:].replace("©", "")


def _is_letter(char: str) -> bool:
    """Whether a word may go on with it."""
    return char.isalnum() or char == "_"


def _vni_pairs(text: str) -> list[str]:
    """The pairs of VNI in a text of small letters."""
    return VNI_PAIR.findall(text) if VNI_END.search(text) else []
