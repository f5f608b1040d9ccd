"""Opening who wrote: asked for one reader with a reason, agreed to by two custodians, for hours.

A custodian's key is locked by a passphrase that is stored nowhere. Whoever is tied to a case,
works on it, asks, or is to read, is no custodian of it. Nothing here is ever shown to a cell.
"""
