"""Accounts of the staff and what they may do: invited, given roles, tied, and ended.

Administrators look after the accounts of their organisation and everything below it. Nobody does
anything to their own account, and what gives power over cases needs a second administrator.
Nothing here reads a case.
"""
