"""The forms of the case pages: what is asked, in which words, and what is refused.

They check what was typed; whether something may be done is for the verbs.
"""
