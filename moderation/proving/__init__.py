"""The second step of signing in: one-time codes, passkeys, recovery codes, and what lies between.

Each is checked here against rows and keys. Which browser asks, and how often, is not known here.
"""

from moderation.proving.apps import (
    WrongCode,
    add_app,
    app_address,
    code_now,
    new_secret,
    store_app,
    take_code,
)
from moderation.proving.factors import (
    LastFactor,
    NoSuchFactor,
    factors_of,
    has_factor,
    remove_factor,
    rename_factor,
)
from moderation.proving.halfway import (
    Half,
    HalfEnded,
    begin_half,
    complete_half,
    find_half,
    note_wrong,
    wrong_tries,
)
from moderation.proving.passkeys import (
    BadPasskey,
    Site,
    add_passkey,
    creation_options,
    request_options,
    take_passkey,
)
from moderation.proving.recovery import (
    last_recovery,
    new_recovery_codes,
    recovery_left,
    take_recovery_code,
)

__all__ = [
    "BadPasskey",
    "Half",
    "HalfEnded",
    "LastFactor",
    "NoSuchFactor",
    "Site",
    "WrongCode",
    "add_app",
    "add_passkey",
    "app_address",
    "begin_half",
    "code_now",
    "complete_half",
    "creation_options",
    "factors_of",
    "find_half",
    "has_factor",
    "last_recovery",
    "new_recovery_codes",
    "new_secret",
    "note_wrong",
    "recovery_left",
    "remove_factor",
    "rename_factor",
    "request_options",
    "store_app",
    "take_code",
    "take_passkey",
    "take_recovery_code",
    "wrong_tries",
]
