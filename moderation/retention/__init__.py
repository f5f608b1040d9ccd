"""How long finished cases are kept, and how they are deleted: the rules, and no page of it.

Only what is finished expires, under the rule that fits how it ended. It is shown for thirty days
to those who could stop it, and then goes with everything that leads to it. Nothing here deletes
what is open, held, or may still be contested.
"""
