"""The README says what the program does: its table is the transition table itself."""

from moderation.workflow import TRANSITIONS, Transition
from portal.vocabulary import Status
from tests.house.source import ROOT

HEAD = "| action | from | to | who | needs |\n|---|---|---|---|---|\n"


def test_the_readme_holds_the_transition_table_as_it_is() -> None:
    table = HEAD + "".join(f"{row_of(row)}\n" for row in TRANSITIONS)
    assert table in (ROOT / "README.md").read_text(), table


def row_of(row: Transition) -> str:
    """One line of the table, in the order of the statuses."""
    sources = [status.value for status in Status if status in row.sources]
    cells = (
        row.action.value,
        ", ".join(sources) if len(sources) < 6 else "any open",
        row.target.value if row.target else "the same",
        ", ".join(sorted(row.who)),
        ", ".join(sorted(row.needs)).replace("_", " ") or "–",
    )
    return f"| {' | '.join(cells)} |"
