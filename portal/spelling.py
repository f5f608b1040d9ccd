"""How a tracking code is read aloud: one everyday word for each of its symbols.

Pure. The words are Vietnamese in every language of the site: they are spoken to Vietnamese staff.
"""

from __future__ import annotations

from portal.vault import Code

#: Digits by their names, letters by things that begin with them. F, J, W and Z begin no Vietnamese
#: word, so they go by the names they have at school.
SPOKEN = {
    "0": "không",
    "1": "một",
    "2": "hai",
    "3": "ba",
    "4": "bốn",
    "5": "năm",
    "6": "sáu",
    "7": "bảy",
    "8": "tám",
    "9": "chín",
    "A": "Áo",
    "B": "Bưởi",
    "C": "Cam",
    "D": "Dừa",
    "E": "Én",
    "F": "ép",
    "G": "Gạo",
    "H": "Hoa",
    "J": "gi",
    "K": "Khế",
    "M": "Mận",
    "N": "Na",
    "P": "Phở",
    "Q": "Quýt",
    "R": "Rừng",
    "S": "Sen",
    "T": "Tre",
    "V": "Vải",
    "W": "vê kép",
    "X": "Xoài",
    "Y": "Yến",
    "Z": "dét",
}


def spell(code: Code) -> list[tuple[str, list[str]]]:
    """Each group of a code with the words of its symbols."""
    return [(group, [SPOKEN[symbol] for symbol in group]) for group in code.groups]
