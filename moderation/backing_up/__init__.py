"""Copying everything for the day on which the machine is gone, and putting it back.

A backup is sealed to a recovery key whose private half lies on no machine: whoever steals backups,
or the machine that makes them, opens none. It holds the database and the sealed files, and never a
key of the portal. Whoever puts one back destroys first what had been destroyed since.
"""
