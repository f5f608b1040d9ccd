"""Telling answers to everybody: only what its writer has allowed, and nobody could recognise.

The way of one answer: its writer is asked when the case is closed (``inviting``), says yes with
the code (``consents``), a moderator writes a text for everybody and a second one confirms it
(``writing``), and the worker publishes it ninety days later at the earliest (``publishing``). The
writer's no, and a result that is contested, take it away (``taking_away``).

Nothing of this is a step in the course of the case: the public process may read that course, and a
step at the moment of publishing would tell which case a text belongs to. The staff's deeds are in
the journal; the writer reads on the tracking page how it stands.
"""
