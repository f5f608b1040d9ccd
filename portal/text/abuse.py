"""Abusive words: a short list of our own, matched as whole words with their exact diacritics.

Without diacritics only forms that mean nothing else are listed. Words for crimes, and for dirt
that people rightly complain about, are no abuse.
"""

from __future__ import annotations

import re

_SINGLE = """
địt đụ đéo đếch lồn cặc buồi đĩ nứng chịch loz
đm đmm đcm đkm đcmm đkmm đml đmcs vcl vkl vlz vãilồn clgt clmm dcm dcmm dkm dkmm wtf
fuck fucking bitch asshole motherfucker
"""
_SEVERAL = """
đ.m, đ.c.m, đ*t, l*n, c*c, đờ mờ, đậu má, đù má, đù mẹ, vãi lìn, vãi cả lìn, mẹ kiếp, con mẹ mày,
mẹ mày, bố mày, cha mày, tổ sư mày, tổ sư nhà mày, tiên sư mày, tiên sư bố, tiên sư nhà mày,
tổ cha mày, khốn nạn, mất dạy, đồ khốn, thằng khốn, con khốn, đồ ngu, thằng ngu, ngu như chó,
ngu như bò, đồ chó má, thằng chó, thằng chó má, đồ chó đẻ, thằng chó đẻ, đồ súc sinh, đồ súc vật,
thằng súc vật, đồ vô học, đồ điếm, con điếm, con phò, dit me, dit con me, du ma may
"""


def _pattern() -> re.Pattern[str]:
    """Longest first; a last letter may be drawn out (``vcllll``), and words stand a space apart.

    The forms stand under their first letters: at most words, a few letters are all that is tried.
    """
    forms = {*_SINGLE.split(), *(" ".join(form.split()) for form in _SEVERAL.split(","))}
    by_letter: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        by_letter.setdefault(form[0], []).append(_spelled(form)[len(re.escape(form[0])) :])
    spelled = "|".join(f"{re.escape(at)}(?:{'|'.join(rest)})" for at, rest in by_letter.items())
    return re.compile(rf"(?<![^\W_])(?:{spelled})(?![^\W_])", re.IGNORECASE)


def _spelled(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s{1,2}") + form[-1] + "*"


ABUSE = _pattern()
