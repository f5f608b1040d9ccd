"""Codes: any one slip of the hand is caught, and they read as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vault import BadCode, Code, code_from_token, new_token
from portal.vault.codes import ALPHABET, GROUP, LENGTH, is_token

PEPPER = b"p" * 32
tokens = st.binary(min_size=32, max_size=32).map(lambda raw: raw.hex()[:43])
codes = tokens.map(lambda token: code_from_token(token, PEPPER))
places = st.integers(0, LENGTH - 1)


@given(codes, places, st.sampled_from(ALPHABET))
def test_any_one_wrong_symbol_is_caught(code: Code, at: int, symbol: str) -> None:
    typed = code.symbols[:at] + symbol + code.symbols[at + 1 :]
    if typed == code.symbols:
        assert Code.read(typed) == code
        return
    with pytest.raises(BadCode) as caught:
        Code.read(typed)
    assert caught.value.reason == "check"


@given(codes, places, places)
def test_any_two_symbols_that_changed_places_are_caught(code: Code, one: int, two: int) -> None:
    symbols = list(code.symbols)
    symbols[one], symbols[two] = symbols[two], symbols[one]
    typed = "".join(symbols)
    if typed == code.symbols:
        return
    with pytest.raises(BadCode):
        Code.read(typed)


@given(codes)
def test_a_code_reads_back_as_people_type_it(code: Code) -> None:
    grouped = "-".join(code.groups)
    for typed in (
        code.symbols,
        grouped,
        grouped.lower(),
        " ".join(code.symbols),
        grouped.replace("-", " – "),
        f"  {grouped}\n",
        code.symbols.replace("0", "O").replace("1", "I"),
        code.symbols.lower().replace("0", "o").replace("1", "l"),
        code.symbols.translate({ord(c): ord(c) + 0xFEE0 for c in ALPHABET}),
    ):
        assert Code.read(typed) == code


@given(codes)
def test_a_code_is_found_in_what_was_pasted_with_it(code: Code) -> None:
    grouped = "-".join(code.groups)
    for pasted in (
        f"Mã: {grouped}",
        f"Mã số: “{grouped}”.",
        f"ma so {grouped.lower()}",
        f"PA-2026-000123 · {grouped}",
        f"Số hồ sơ PA-2026-000123\nMã tra cứu bí mật:\n{code.symbols}",
        "Mã tra cứu:\n" + "\n".join(code.groups),
        f"«{grouped.replace('-', ' – ')}» (xin giữ kín)",
        f"{grouped} / {code.symbols}",
    ):
        assert Code.read(pasted) == code


@given(codes, codes)
def test_of_two_codes_none_is_chosen(one: Code, other: Code) -> None:
    if one == other:
        return
    with pytest.raises(BadCode) as caught:
        Code.read(f"{one.symbols}, {other.symbols}")
    assert caught.value.reason == "several"


@given(codes, places, st.sampled_from(ALPHABET))
def test_a_slip_in_a_pasted_code_is_told_as_a_slip(code: Code, at: int, symbol: str) -> None:
    typed = code.symbols[:at] + symbol + code.symbols[at + 1 :]
    if typed == code.symbols:
        return
    with pytest.raises(BadCode) as caught:
        Code.read(f"Mã tra cứu: {typed}")
    assert caught.value.reason == "check"


@given(st.text())
def test_reading_refuses_or_returns_a_code_and_never_breaks(typed: str) -> None:
    try:
        symbols = Code.read(typed).symbols
    except BadCode as error:
        symbols = error.reason
    assert symbols in {"missing", "length", "symbol", "check", "several"} or len(symbols) == LENGTH


def test_a_letter_that_is_no_symbol_is_told_from_a_wrong_length() -> None:
    for typed, reason in (
        ("U" * 20, "symbol"),
        ("0" * 19 + "<", "symbol"),
        ("0" * 19, "length"),
        ("0" * 21, "length"),
        ("“7KQP-M3XD”", "length"),
    ):
        with pytest.raises(BadCode) as caught:
            Code.read(typed)
        assert caught.value.reason == reason


@pytest.mark.parametrize(
    "typed", ["Mã:", "mã", "MÃ TRA CỨU:", "Mã tra cứu bí mật:\n", "ma theo doi", "Your code:"]
)
def test_a_label_without_its_code_is_told_apart(typed: str) -> None:
    with pytest.raises(BadCode) as caught:
        Code.read(typed)
    assert caught.value.reason == "missing"


@given(tokens)
def test_one_token_always_gives_one_code(token: str) -> None:
    assert code_from_token(token, PEPPER) == code_from_token(token, PEPPER)
    assert code_from_token(token, PEPPER) != code_from_token(token, b"q" * 32)
    assert code_from_token(token, PEPPER) != code_from_token(token[::-1] + "x", PEPPER)


@given(codes)
def test_what_is_stored_leads_to_nothing_else(code: Code) -> None:
    lookup, key = code.lookup(PEPPER), code.key(PEPPER)
    assert len(lookup) == len(key) == 32
    assert lookup != key
    assert lookup != code.lookup(b"q" * 32)
    assert key != code.key(b"q" * 32)


def test_a_code_does_not_show_itself() -> None:
    code = code_from_token(new_token(), PEPPER)
    assert code.symbols not in repr(code)
    assert code.symbols not in str(code)
    assert code.symbols not in f"{[code]}"


def test_symbols_are_spread_over_the_whole_alphabet() -> None:
    seen = {symbol for _ in range(200) for symbol in code_from_token(new_token(), PEPPER).symbols}
    assert seen == set(ALPHABET)
    assert len(code_from_token(new_token(), PEPPER).groups) == LENGTH // GROUP


def test_a_form_token_is_told_from_what_is_none() -> None:
    assert is_token(new_token())
    assert new_token() != new_token()
    for text in ("", "x", "a" * 42, "a" * 44, "a" * 42 + "\n", "á" * 43):
        assert not is_token(text)
