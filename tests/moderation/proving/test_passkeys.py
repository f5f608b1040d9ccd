"""Answers that no passkey gave are refused, whatever they are. Real ones are used in Chromium."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation.proving import (
    BadPasskey,
    Site,
    add_passkey,
    creation_options,
    request_options,
    take_passkey,
)
from portal.models import Account
from tests.moderation.ward import Ward

_SITE = Site(host="localhost", origin="http://localhost:9300")
_CHALLENGE = b"c" * 32
_FIELDS = ("id", "rawId", "type", "response")
_INNER = ("clientDataJSON", "attestationObject", "authenticatorData", "signature")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.one_of(
        st.text(max_size=60),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from((*_FIELDS, *_INNER)), inner, max_size=6)
            ),
            max_leaves=12,
        ).map(json.dumps),
    )
)
def test_what_is_no_answer_is_refused(ward: Ward, answer: str) -> None:
    about = {"account_id": ward.accounts["hoa"], "site": _SITE, "challenge": _CHALLENGE}
    with ward.database.writing() as session:
        with pytest.raises(BadPasskey):
            take_passkey(session, answer=answer, at=ward.at, **about)  # type: ignore[arg-type]
        with pytest.raises(BadPasskey):
            add_passkey(
                session,
                search=ward.ring.search,
                answer=answer,
                name="x",
                at=ward.at,
                **about,  # type: ignore[arg-type]
            )


def test_a_browser_is_asked_for_the_passkeys_of_this_account_only(ward: Ward) -> None:
    with ward.database.reading() as session:
        account = session.get_one(Account, ward.accounts["hoa"])
        asked = json.loads(
            creation_options(session, account=account, site=_SITE, challenge=_CHALLENGE)
        )
        none = request_options(session, account_id=account.id, site=_SITE, challenge=_CHALLENGE)
    assert asked["rp"]["id"] == "localhost"
    assert asked["excludeCredentials"] == []
    assert asked["attestation"] == "none"
    assert none is None
