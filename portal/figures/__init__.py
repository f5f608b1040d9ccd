"""The public figures as everybody reads them: their layout, their pages, files and codebook.

What may be read was chosen, counted and suppressed in the staff room. Nothing here counts a case.
"""
