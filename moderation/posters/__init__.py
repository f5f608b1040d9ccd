"""Posters: sheets and cards that lead people of a place to the form, with their place chosen.

They name a place and the portal, and nobody. ``choosing`` says for which places there are any,
``wording`` what stands on one, ``drawing`` is what the process of its own runs that draws them.
"""
