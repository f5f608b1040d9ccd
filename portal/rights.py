"""What the public process may do with the database: one table of tables, and nothing else.

On PostgreSQL it becomes grants to the role of the public process, on SQLite an authorizer on each
of its connections. What is not listed is refused. A new table must be decided here, if only with
``NOTHING``: a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rights:
    """The columns of one table that may be read, given to a new row, and changed.

    No right allows to delete. SQLite knows insertion by whole tables only; there the list of
    columns says whether anything may be inserted.
    """

    select: frozenset[str] = frozenset()
    insert: frozenset[str] = frozenset()
    update: frozenset[str] = frozenset()


Table = Mapping[str, Rights]


class Undecided(Exception):
    """A table is not in the table of rights; the message names it and says what to do."""


def may(select: str = "", insert: str = "", update: str = "") -> Rights:
    """Rights from words: the names of columns with spaces between."""
    return Rights(*(frozenset(words.split()) for words in (select, insert, update)))


NOTHING = Rights()

PUBLIC: Table = {
    # The facts of the installation that every page needs.
    "alembic_version": may(select="version_num"),
    "calendar_day": may(select="on kind"),
    "heartbeat": may(select="name at"),
    # Values that lead to no key: the process is to know its own.
    "key_check": may(select="name value needed"),
    # Which words are masked, so that the preview shows what readers will see.
    "abuse_word": may(select="form masked"),
    # Where to turn with what the portal does not handle.
    "authority": may(select="id place name address telephone hours note matters"),
    # On what the portal rests, as far as somebody has compared it with its text.
    "legal_basis": may(select="code title effective_from effective_to url uses verified_on"),
    "organisation": may(select="id kind short_name valid_from valid_to"),
    "place_name": may(select="id organisation_id name slug valid_to"),
    "retention_period": may(select="rule amount"),
    "setting": may(select="name value"),
    # What is written when somebody sends: sealed, and opened only by the code or by staff.
    "sequence": may(select="name value", insert="name value", update="value"),
    "feedback_case": may(
        select="id status extended",
        insert=(
            "id status version arrived_at restricted kind sent_as unit_id fears_retaliation "
            "possible_denunciation guessable extended returns send_backs held letter_count"
        ),
    ),
    "submission": may(
        select=(
            "id case_id lookup received_at kind context how_known post_level unit_id "
            "fears_retaliation state rating words moved_at "
            "part_of_id divided_at"
        ),
        insert=(
            "id case_id lookup received_at channel kind context how_known post_level unit_id "
            "fears_retaliation suspicion words"
        ),
    ),
    "seal": may(
        select="target target_id holder holder_id box",
        insert="target target_id holder holder_id key_version box",
    ),
    # In which cases a letter has been that was moved: its writer reads on there.
    "stay": may(select="submission_id case_id after_id"),
    "event": may(
        select=(
            "id uid case_id submission_id action from_status to_status actor at shown facts "
            "public_note organisation_id inside"
        ),
        insert=(
            "uid case_id submission_id action from_status to_status actor account_id "
            "organisation_id at shown facts public_note internal_note commitment inside"
        ),
    ),
    "resident_act": may(
        select="id uid submission_id kind rating body at done_at refused",
        insert="uid submission_id kind rating body at done_at",
    ),
    # A code that staff know, which is exchanged here for one that they do not know.
    "slip": may(select="submission_id lookup box exchanged_at"),
    "code_exchange": may(
        select="submission_id lookup box at",
        insert="submission_id lookup box key_version at proof",
    ),
    # Whether an answer may be told to everybody, found by what only the code makes; no moment, no
    # number of a case. What everybody may read leads nowhere either.
    "answer_invitation": may(select="mark state"),
    "answer_consent": may(select="uid mark turn body done", insert="uid mark turn body done"),
    "published_answer": may(select="uid unit_id topic quarter words"),
    # A file lies elsewhere, sealed; what is read here shows its sender what was sent.
    "attachment": may(
        select="id submission_id kind size at mark",
        insert="uid submission_id kind size at mark lock name",
    ),
    # Who wrote, which it seals and cannot open, and to whose keys.
    # A share refers to its custodian, whose number stands on the roster anyway.
    "custodian": may(select="id"),
    "custodian_roster": may(select="id at body key_version signature"),
    "identity": may(select="submission_id proof", insert="submission_id roster_id box proof"),
    "identity_share": may(insert="submission_id custodian_id place box"),
    "notice_address": may(
        select="submission_id proof", insert="submission_id key_version box proof"
    ),
    "stage_clock": may(select="id case_id stage due_at paused_at stopped_at"),
    # What is promised today; who changed it, and what an edit of the calendar moved, is not read.
    "stage_target": may(select="stage working_days"),
    # What was published of finished cases, with small counts hidden before.
    "figures_edition": may(select="id quarter edition published_on reason"),
    "published_figure": may(select="edition_id place place_name measure value amount sign"),
    # The public log, which anybody may read.
    "log_leaf": may(select="number event_uid"),
    "log_node": may(select="position hash"),
    "log_head": may(select="size root at key_version signature"),
    # Members, staff, and what staff do: not even whether there is a row.
    **dict.fromkeys(
        (
            *("account", "account_request", "invitation", "role_grant", "tie"),
            *("bulk_item", "bulk_order", "list_filter"),
            "answer_release",
            "calendar_change",
            *("reply_template", "staff_mail"),
            *("copy_group", "held_copy", "likeness"),
            *("look_alike", "sketch", "trait"),
            "custodian_sitting",
            *("identity_approval", "identity_opening", "identity_request"),
            *("half_sign_in", "recovery_code", "second_factor", "staff_session"),
            *("case_part", "case_scope", "counter", "exclusion", "follow_up", "notice", "paper"),
            *("journal_entry", "journal_floor", "journal_notice", "refused_hour", "seeking"),
            *("confirmation_slip", "excusal", "transfer"),
            *("member", "membership", "post", "standing", "succession", "organisation_era"),
            "planned_end",
            *("import_line", "import_write", "member_source", "register_import"),
            *("expiry", "purge_mark", "retention_hold", "tombstone"),
            "figure_tally",
            *("review_correction", "review_member", "review_part", "review_result"),
            "screening_review",
            "reported_figure",
            *("search_entry", "search_residue", "search_stale"),
        ),
        NOTHING,
    ),
}


def check_decided(tables: Iterable[str], rights: Table = PUBLIC) -> None:
    """Raise Undecided when a table has no line here, or a line has no table."""
    there = {*tables, "alembic_version"}
    if undecided := sorted(there - set(rights)):
        raise Undecided(
            f"Decide in portal/rights.py what the public process may do with {undecided[0]}."
        )
    if gone := sorted(set(rights) - there):
        raise Undecided(f"Take {gone[0]} out of portal/rights.py: there is no such table.")
