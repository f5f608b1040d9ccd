"""The calendar of working days: what staff change in it, and what open cases do then.

The library that knows the days off of the law is large, and ``moderation.almanac`` alone loads it;
nothing here does, because the pages of the staff room use this.
"""
