"""Work that is done in a process of its own, which holds no key and ends with the work.

``confining`` is what that process does to itself, ``starting`` how it is started and watched.
Nothing is imported here, so that the process loads no more than it needs.
"""
