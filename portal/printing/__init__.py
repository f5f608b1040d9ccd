"""Papers to print, as PDF in the form of a letter of the Party or of a petition to the State.

``sheets`` says what stands on a paper, ``starting`` has it drawn, and ``drawing`` is what the
process of its own runs that draws it. Nothing is imported here: the library that draws is large,
and no process that serves people loads it.
"""
