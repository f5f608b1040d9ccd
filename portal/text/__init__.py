"""Vietnamese text: cleaned on the way in, masked and escaped on the way out.

Pure functions only: no database, no request, no settings. What a person wrote is never rewritten
here; every key, mask and piece of HTML is made anew from it.
"""

from portal.text.abuse import USUAL, Lexicon
from portal.text.cleaning import clean, one_line
from portal.text.dating import BadDate, When, continued, parse_date, parse_day
from portal.text.folding import canonical, fold, syllables
from portal.text.formatting import vn_date, vn_datetime, vn_number, vn_percent, vn_size
from portal.text.legacy import is_legacy_encoding
from portal.text.masked import Masked
from portal.text.masking import for_readers, mask, mask_abuse
from portal.text.naming import drop_honorifics, name_key, name_order, place_key, place_order
from portal.text.showing import highlight, prose

__all__ = [
    "USUAL",
    "BadDate",
    "Lexicon",
    "Masked",
    "When",
    "canonical",
    "clean",
    "continued",
    "drop_honorifics",
    "fold",
    "for_readers",
    "highlight",
    "is_legacy_encoding",
    "mask",
    "mask_abuse",
    "name_key",
    "name_order",
    "one_line",
    "parse_date",
    "parse_day",
    "place_key",
    "place_order",
    "prose",
    "syllables",
    "vn_date",
    "vn_datetime",
    "vn_number",
    "vn_percent",
    "vn_size",
]
