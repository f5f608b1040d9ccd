"""Searching what is sealed: what staff may read is found by keyed terms, and shown once opened.

``terms``, ``question`` and ``marking`` are pure; ``sheets`` says what may be read, ``indexing`` and
``following`` keep the index up to it, ``finding`` asks the database, ``asking`` answers a person.
Nothing is gathered here: the verbs that are followed import ``following`` before all else is there.
"""
