"""What the portal is not the place for, told by a choice or by words, before anything is sent."""

from portal.gate.stopping import GATED, Stop, stop_for

__all__ = ["GATED", "Stop", "stop_for"]
