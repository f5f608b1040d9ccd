"""Cleaning one file, in a process of its own that ends with it.

``images`` and ``pdfs`` are what that process runs; ``starting`` is how it is started and watched.
Nothing is imported here, so that the process loads no more than it needs.
"""
