"""Who wrote: told only by who wants to, and sealed apart from what was written.

Each identity has a secret of its own, divided among the custodians so that any two of them lead to
it and one alone says nothing. Its key is made from that secret together with the submission's key:
two custodians without the staff open nothing, nor do the staff without two custodians.
"""

from portal.identity.dividing import Sealed, Share, open_particulars, open_share, seal_particulars
from portal.identity.keeping import IdentityNotTaken, address_proof, identity_proof, keep, same
from portal.identity.particulars import Particulars, open_address, seal_address
from portal.identity.roster import LEAST, Roster, read_roster, sign_roster

__all__ = [
    "LEAST",
    "IdentityNotTaken",
    "Particulars",
    "Roster",
    "Sealed",
    "Share",
    "address_proof",
    "identity_proof",
    "keep",
    "open_address",
    "open_particulars",
    "open_share",
    "read_roster",
    "same",
    "seal_address",
    "seal_particulars",
    "sign_roster",
]
