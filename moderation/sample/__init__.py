"""The sample data: an invented province, ward, people and letters, and how they are read.

The words lie in ``data/``, one table or letter after the other, and hold no real person. This
room never opens a database: whoever loads the sample makes it happen through the real verbs.
"""
