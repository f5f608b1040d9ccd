"""Files that come with a comment: looked at, cleaned apart, sealed in pieces, stored.

What cannot be cleaned is refused and never stored. Nothing is imported here: the short-lived
process that cleans begins in this folder and must not load what the portal runs on.
"""
