"""What is told to everybody of finished cases: counted, suppressed, and written down for good.

The public room reads the printed numbers only. Nothing of a single case leaves this package.
"""
