"""What a visitor of the sample is told: who can sign in, what to see there, a code to try."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from moderation.sample.loading.custody import PASSPHRASE
from moderation.sample.records import (
    DATA,
    AccountRecord,
    OrganisationRecord,
    read_accounts,
    read_organisations,
)
from portal.vault import Ring, code_from_token, new_token
from portal.vocabulary import OrganisationKind, Role

#: Opens every sample account. It is printed at each start and guards invented people only.
PASSWORD = "du-lieu-mau-2026"  # noqa: S105  # nosec B105

#: The letter whose code is printed: answered, and waiting for the writer's judgement.
_SHOWN = "goi-kham-nghia-vu"
#: Its form token, no secret: the code also follows from a pepper of each installation.
_TOKEN = "Du-lieu-mau-cho-khach-xem-thu-Cong-tiep-nha"  # noqa: S105  # nosec B105

_OTP = "make otp ACCOUNT=hoa.luong"

_COMMITTEES = {
    OrganisationKind.CELL: "Committees of cells",
    OrganisationKind.WARD_COMMUNE: "Committee of the ward",
    OrganisationKind.COMMISSION: "Inspection commissions",
}
_OTHERS = {
    Role.MODERATOR: "Moderators",
    Role.CUSTODIAN: "Custodians",
    Role.REGISTRAR: "Registrar",
    Role.ADMINISTRATOR: "Administrators",
    Role.AUDITOR: "Auditor",
}


@dataclass(frozen=True)
class Visit:
    """One account with its organisation and what there is to see."""

    account: AccountRecord
    organisation: OrganisationRecord
    see: str

    @property
    def heading(self) -> str:
        """Under which heading it is listed."""
        if self.account.role is Role.COMMITTEE:
            return _COMMITTEES[self.organisation.kind]
        return _OTHERS[self.account.role]


def introduction(ring: Ring) -> str:
    """The text that is printed at the start: accounts by role, the password, and a code."""
    lines = [
        f"  Sample accounts, all with the password {PASSWORD}",
        f"  and a one-time code: {_OTP}",
        f"  Custodians' passphrase: {PASSPHRASE}",
    ]
    visits = _visits()
    for heading in dict.fromkeys(visit.heading for visit in visits):
        lines += ["", f"  {heading}"]
        lines += [_line(visit) for visit in visits if visit.heading == heading]
    code = "-".join(code_from_token(_TOKEN, ring.pepper).groups)
    lines += [
        "",
        f"  Sample tracking code   {code}",
        "  An answered letter, for the residents' site: read the answer and rate it.",
        "",
    ]
    return "\n".join(lines)


def token_of(story: str) -> str:
    """The form token of a letter: random, but for the one whose code is printed."""
    return _TOKEN if story == _SHOWN else new_token()


def _visits() -> list[Visit]:
    """The accounts worth a visit, in the order of the table."""
    accounts = {record.login: record for record in read_accounts()}
    organisations = {record.key: record for record in read_organisations()}
    with (DATA / "visits.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        Visit(
            accounts[row["login"]], organisations[accounts[row["login"]].organisation], row["see"]
        )
        for row in rows
    ]


def _line(visit: Visit) -> str:
    """Login, name, organisation and what to see, in columns."""
    account, place = visit.account, visit.organisation.short_name
    return f"    {account.login:<13} {account.name:<22} {place:<21} {visit.see}"
