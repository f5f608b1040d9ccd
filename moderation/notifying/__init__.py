"""Mail: a resident who left an address is told that there is news, and nothing else, ever.

A mail holds no content, no name, no code, no reference number and no unit. What waits lies in the
row of the address itself, written in the commit of what happened.
"""
