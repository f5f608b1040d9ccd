"""The staff room: who may see a case, what may happen to it next, and the desks for both.

It stands on the public room and is never imported by it.
"""
