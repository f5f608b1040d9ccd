"""Carrying out what residents did with their code, and what the clock asks for."""

from moderation.carrying_out.acts import carry_out, waiting_acts
from moderation.carrying_out.exchanges import settle_exchange, waiting_exchanges
from moderation.carrying_out.waits import (
    end_lease,
    ended_leases,
    give_up,
    left_behind,
    let_go,
    move_on,
    overdue_waits,
)

__all__ = [
    "carry_out",
    "end_lease",
    "ended_leases",
    "give_up",
    "left_behind",
    "let_go",
    "move_on",
    "overdue_waits",
    "settle_exchange",
    "waiting_acts",
    "waiting_exchanges",
]
