"""Keeping the register: what a registrar enters about organisations and members.

Rules of one row are pure (``checks``). What changes rows is here too; who may do it is asked in
``scope``. No row is ever deleted, and nothing here reads a case's words or changes a status.
"""
