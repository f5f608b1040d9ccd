"""Abusive words: a short list of our own, matched as whole words with their exact diacritics.

Without diacritics only forms that mean nothing else are listed. Words for crimes, and for dirt
that people rightly complain about, are no abuse. Administrators add forms to the list, and keep
others from being masked: a name, a place, a word of their region.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_SINGLE = """
địt đụ đéo đếch lồn cặc buồi đĩ nứng chịch loz đ1t đ!t l0n c4c
đm đmm đcm đkm đcmm đkmm đml đmcs vcl vkl vlz vãilồn clgt clmm dcm dcmm dkm dkmm wtf
fuck fucking bitch asshole motherfucker
"""
_SEVERAL = """
đ*t, l*n, c*c, đờ mờ, đậu má, đù má, đù mẹ, vãi lìn, vãi cả lìn, mẹ kiếp, con mẹ mày,
mẹ mày, bố mày, cha mày, tổ sư mày, tổ sư nhà mày, tiên sư mày, tiên sư bố, tiên sư nhà mày,
tổ cha mày, khốn nạn, mất dạy, đồ khốn, thằng khốn, con khốn, đồ ngu, thằng ngu, ngu như chó,
ngu như bò, đồ chó má, thằng chó, thằng chó má, đồ chó đẻ, thằng chó đẻ, đồ súc sinh, đồ súc vật,
thằng súc vật, đồ vô học, đồ điếm, con điếm, con phò, dit me, dit con me, du ma may
"""
#: The forms that every installation begins with.
BUILT_IN = frozenset({*_SINGLE.split(), *(" ".join(form.split()) for form in _SEVERAL.split(","))})

#: Letters of other alphabets that look like ours, and what they are typed for.
_LOOK_ALIKE = {
    ord(other): own
    for other, own in zip(
        "аеорсухіјԁӏһкмтвАЕОРСУХІЈКМТВНοαινΟΑΙΝ",
        "aeopcyxijdlhkmtbAEOPCYXIJKMTBHoaivOAIN",
        strict=True,
    )
}
_OTHER_LETTER = re.compile(f"[{''.join(map(chr, _LOOK_ALIKE))}\uff01-\uff5e]")
_MARKS = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_BETWEEN, _NOT_SPACE = r"[\s.\-_*·]{1,2}", r"[.\-_*·]{1,2}"
#: So many letters of a word stand apart before spaces between them can mean the word: "5 đ ụ đất".
_SPACED = 3

#: "ông Đ.M", "Nguyễn Đ.M", "Đ.M.H": capitals with points are the initials of a name.
_INITIALS_BEFORE = re.compile(
    r"(?:(?:^|[^\w])(?:ông|bà|anh|chị|cô|chú|bác|em|cháu|thầy|cụ|tên|họ|đ/c|chí)\s+"
    r"|(?:^|[^\w])[A-ZĐÀ-Ỹ][^\W\d_]+\s+|[A-ZĐÀ-Ỹ]\.\s?)$"
)
_INITIALS_AFTER = re.compile(r"\.\s?[A-ZĐÀ-Ỹ](?![^\W_])")
_ABBREVIATED = re.compile(r"[A-ZĐ](?:\.[A-ZĐ])+")
_LOOK_BACK = 40


@dataclass(frozen=True)
class Lexicon:
    """Which words are abuse: the built-in forms with those that were added, less those kept.

    A form in ``kept`` is not masked itself, nor is any form that stands inside it.
    """

    added: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    @property
    def forms(self) -> frozenset[str]:
        """The forms that are masked."""
        return (BUILT_IN | self.added) - self.kept

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where abuse stands in a text, from left to right."""
        plain, places = _plain(text)
        abuse, kept = _patterns(self.forms, self.kept)
        sheltered = [match.span() for match in kept.finditer(plain)] if kept else []
        for match in abuse.finditer(plain):
            start, end = match.span()
            inside = any(first <= start and end <= last for first, last in sheltered)
            if not inside and not _is_initials(plain, match):
                yield (places[start], places[end]) if places else (start, end)


def _is_initials(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like an abbreviation stands for the name of somebody."""
    if not _ABBREVIATED.fullmatch(match[0]):
        return False
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return bool(_INITIALS_BEFORE.search(before) or _INITIALS_AFTER.match(text, match.end()))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with letters of other alphabets in ours, and where each letter stood; no places
    where nothing had to be changed.
    """
    if not _OTHER_LETTER.search(text):
        return text, []
    letters, places = [], []
    for match in _MARKS.finditer(text):
        letter = unicodedata.normalize("NFC", _ours(match[0]))
        letters.append(letter)
        places += [match.start()] * len(letter)
    return "".join(letters), [*places, len(text)]


def _ours(letter: str) -> str:
    """A letter as it is typed with our alphabet; full-width signs are the plain ones."""
    if "\uff01" <= letter[0] <= "\uff5e":
        letter = chr(ord(letter[0]) - 0xFEE0) + letter[1:]
    return letter.translate(_LOOK_ALIKE)


@lru_cache(maxsize=16)
def _patterns(
    forms: frozenset[str], kept: frozenset[str]
) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """What finds these forms, and what finds those that shelter what stands inside them."""
    shelter = "|".join(_words(form) for form in sorted(kept - BUILT_IN, key=len, reverse=True))
    sheltering = re.compile(rf"(?<![^\W_])(?:{shelter})(?![^\W_])", re.I) if shelter else None
    return _pattern(forms), sheltering


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Longest first; a last letter may be drawn out (``vcllll``), words stand a space apart, and
    the letters of one word may all stand apart (``đ ị t``, ``v.c.l``).

    The forms stand under their first letters: at most words, a few letters are all that is tried.
    """
    by_letter: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda each: (-len(each), each)):
        for spelled in _spellings(form):
            by_letter.setdefault(form[0], []).append(spelled)
    spelled = "|".join(
        f"{re.escape(at)}(?:{'|'.join(rest)})" for at, rest in sorted(by_letter.items())
    )
    return re.compile(rf"(?<![^\W_])(?:{spelled})(?![^\W_])", re.IGNORECASE)


def _spellings(form: str) -> Iterator[str]:
    """The ways to write a form, without its first letter."""
    letters = [re.escape(letter) for letter in form]
    yield _words(form)[len(letters[0]) :] + f"{letters[-1]}*"
    if form.isalpha():
        spaced = not form.isascii() and len(form) >= _SPACED and not _has_no_vowel(form)
        gap = _BETWEEN if spaced else _NOT_SPACE
        yield "".join(gap + letter for letter in letters[1:])


def _has_no_vowel(form: str) -> bool:
    """Whether a form is an abbreviation."""
    plain = unicodedata.normalize("NFD", form.lower())
    return not set(plain) & set("aeiouy")


def _words(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s{1,2}")


#: What holds where administrators have changed nothing.
USUAL = Lexicon()
