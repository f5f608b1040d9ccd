"""The whole ward of the sample: what ``make run`` loads beside the small part that tests load.

The words lie in ``data/whole``: cells, what names are made of, and matters, each told by several
residents. People and letters are made of them by chance that is the same on every machine. Plain
values only: nothing here knows a database.
"""
