"""Handing the register out to a registrar: what they keep, on a day, as a file that can be brought
back. Nothing is held in memory but some hundred rows at a time.
"""
