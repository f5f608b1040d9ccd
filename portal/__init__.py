"""The public room, and the floor that both rooms stand on: database, models, vault, text.

Nothing here imports the staff room.
"""
