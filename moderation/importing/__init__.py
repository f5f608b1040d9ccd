"""Bringing a file into the register: read apart, compared, shown, and written whole or not at all.

``columns`` and ``cells`` say what may be taken from a file and how it is read, ``sheets`` reads it
in a process of its own, ``weighing`` compares one row with the register. None of them knows a
database. ``previewing`` and ``confirming`` do the work in batches; a resident who writes meanwhile
waits for one batch at most.
"""
