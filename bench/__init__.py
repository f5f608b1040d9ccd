"""Measures the portal beside floors that run in the same minute on the same machine.

It stands outside both rooms and speaks to them as a browser does, over HTTP. It never sets a
budget by seconds that another machine could not reach: what it asks for are ratios to the floors.
"""
