"""A table as a workbook for the programs that calculate, drawn by a process of its own.

``book`` says what stands in it, ``drawing`` is the program that draws it.
"""

from moderation.reports.books.book import Book, Cell, Leaf, print_book

__all__ = ["Book", "Cell", "Leaf", "print_book"]
