"""What one running process holds: its settings, keys, database, clock and what it remembers.

It is made once when the process starts. Views ask for it with ``held()``; verbs never do, they
are handed what they need.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app

from portal.config import Settings
from portal.db import Database
from portal.files.storing import FileStore
from portal.installation import InstallationCache
from portal.memory import Memory
from portal.security import Arrivals, Slowdown, Sources
from portal.skeleton import Skeletons
from portal.vault import Ring

_NAME = "portal"


@dataclass(frozen=True, repr=False)
class Holding:
    """Everything that a view may need beside the request and the session."""

    settings: Settings
    ring: Ring
    database: Database
    files: FileStore
    clock: Callable[[], datetime]
    installation: InstallationCache
    memory: Memory
    slowdown: Slowdown
    sources: Sources
    arrivals: Arrivals
    skeletons: Skeletons


def held() -> Holding:
    """What this process holds."""
    return cast(Holding, current_app.extensions[_NAME])
