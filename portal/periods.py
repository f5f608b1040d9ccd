"""How long a finished case is kept: one period for each rule, within bounds that nobody can leave.

The periods are design rules, no law: none was found that says how long. Whatever is set, a case
is kept through the thirty days in which its writer may contest, and then another thirty in which
those who could stop its deletion are shown that it comes. Who wrote goes before the case, under a
period of its own and as slowly; so does why a member was excused, once the excusal is over. The
journal of the staff outlives the cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.i18n import ngettext
from portal.models import RetentionPeriod
from portal.vocabulary import RetentionRule

#: How long a writer may contest what a case ended with.
CONTEST = timedelta(days=30)
#: How long beforehand it is shown that a case will be deleted.
NOTICE_DAYS = 30
#: For how long a backup may be kept, and what was deleted in it (design rule).
BACKUP_DAYS = 35


@dataclass(frozen=True)
class Unit:
    """What a period is counted in, and between which amounts of it administrators choose."""

    monthly: bool
    least: int
    most: int

    def days(self, amount: int) -> int:
        """So many of them in days. Months are rounded up: nothing goes before it was promised."""
        return (61 * amount + 1) // 2 + 1 if self.monthly else amount


_MONTHS, _DAYS = Unit(monthly=True, least=3, most=120), Unit(monthly=False, least=60, most=365)
#: Five years at least, so that nobody shortens it to hide what they did (DOMAIN 2.6, design rule).
_YEARS = Unit(monthly=True, least=60, most=240)
R = RetentionRule
UNITS: Mapping[RetentionRule, Unit] = {
    R.CLOSED: _MONTHS,
    R.PRAISE: _MONTHS,
    R.NOMINATION: _MONTHS,
    R.REFERRED: _MONTHS,
    R.DECLINED: _MONTHS,
    R.REFUSED: _DAYS,
    R.WITHDRAWN: _DAYS,
    R.CONTACT: _DAYS,
    R.EXCUSAL: _DAYS,
    R.JOURNAL: _YEARS,
}
#: The rules under which whole cases are kept.
OF_CASES = tuple(rule for rule in R if rule not in {R.CONTACT, R.EXCUSAL, R.JOURNAL})
#: Those and the one under which it is kept who wrote.
OF_LETTERS = (*OF_CASES, R.CONTACT)
#: What holds until an administrator sets something else (design rules).
DEFAULTS: Mapping[RetentionRule, int] = {
    R.CLOSED: 24,
    R.PRAISE: 24,
    # It names somebody who has not been asked; the cell keeps by itself whom it goes on with.
    R.NOMINATION: 12,
    R.REFERRED: 24,
    R.DECLINED: 24,
    R.REFUSED: 90,
    # Nobody works on what was taken back, so it is kept for as short a time as rubbish.
    R.WITHDRAWN: 90,
    # A name is of no use once nobody will write back; the words are kept for the register.
    R.CONTACT: 90,
    # Once a member is back, and whoever asked was answered, illness and family are nobody's matter.
    R.EXCUSAL: 90,
    R.JOURNAL: 60,
}


@dataclass(frozen=True)
class Periods:
    """The periods in force, as amounts of each rule's own unit."""

    amounts: tuple[tuple[RetentionRule, int], ...] = tuple(DEFAULTS.items())

    def amount(self, rule: RetentionRule) -> int:
        """The amount of one rule, whatever stands in the table within its bounds."""
        unit = UNITS[rule]
        return min(max(dict(self.amounts)[rule], unit.least), unit.most)

    def length(self, rule: RetentionRule) -> timedelta:
        """How long after its end a case under this rule is kept, or what goes before it."""
        return timedelta(days=UNITS[rule].days(self.amount(rule)))

    @property
    def longest(self) -> RetentionRule:
        """The rule under which a case is kept for the longest time."""
        return max(OF_CASES, key=self.length)

    def words(self, rule: RetentionRule) -> str:
        """The same in words, in the language of the reader."""
        return span(rule, self.amount(rule))


def span(rule: RetentionRule, amount: int) -> str:
    """An amount of a rule's unit in words."""
    if UNITS[rule].monthly:
        return str(ngettext("%(num)s tháng", "%(num)s tháng", amount))
    return str(ngettext("%(num)s ngày", "%(num)s ngày", amount))


def read_periods(session: Session) -> Periods:
    """The periods in force, in one statement."""
    rows = session.execute(select(RetentionPeriod.rule, RetentionPeriod.amount))
    amounts = {**DEFAULTS, **{row.rule: row.amount for row in rows}}
    return Periods(tuple((rule, amounts[rule]) for rule in RetentionRule))
