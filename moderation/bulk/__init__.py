"""One deed for many cases: looked at beforehand, ordered, and carried out by the worker later.

An order changes no case. Some minutes later the worker goes from case to case and does by the
verbs of a single deed what whoever ordered it may do by then; the rest is left as it is, with a
reason. Until then the order can be taken back.
"""

from moderation.bulk.judging import CHOOSABLE, obstacle
from moderation.bulk.ordering import DELAY, Changed, cancel, forget, order
from moderation.bulk.planning import MOST, Matter, Plan, plan
from moderation.bulk.reading import (
    OrderedCase,
    OrderLine,
    find_order,
    list_orders,
    read_meant,
    read_skipped,
)
from moderation.bulk.working_off import carry_out, waiting_items

__all__ = [
    "CHOOSABLE",
    "DELAY",
    "MOST",
    "Changed",
    "Matter",
    "OrderLine",
    "OrderedCase",
    "Plan",
    "cancel",
    "carry_out",
    "find_order",
    "forget",
    "list_orders",
    "obstacle",
    "order",
    "plan",
    "read_meant",
    "read_skipped",
    "waiting_items",
]
