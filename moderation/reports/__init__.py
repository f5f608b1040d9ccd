"""Figures that are added up through the tree of organisations, as it stood on a day.

``tree`` and ``figures`` add up and know no table; ``members`` counts; ``reading`` puts together
what one reader may read; ``sheets`` writes it for other programs. Nobody is ranked by any of it:
lines stand in the order of names, never in that of numbers.
"""
