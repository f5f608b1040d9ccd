"""The quarantine: copies of a flood wait in groups, and the first of each group does not.

Nobody is refused and nothing is lost: a copy is a case like any other, prepared, hidden from
whoever must not see it, with its clocks running. It only does not fill the desk. What is alike
to nothing was never here.
"""

from moderation.quarantining.comparing import forget_signatures, signature_of
from moderation.quarantining.deciding import (
    Decline,
    confirm,
    find_group,
    merge,
    object_to,
    propose_decline,
    read_proposal,
    release,
)
from moderation.quarantining.setting_aside import set_aside_if_copy
from moderation.quarantining.working_off import task_groups, work_off

__all__ = [
    "Decline",
    "confirm",
    "find_group",
    "forget_signatures",
    "merge",
    "object_to",
    "propose_decline",
    "read_proposal",
    "release",
    "set_aside_if_copy",
    "signature_of",
    "task_groups",
    "work_off",
]
