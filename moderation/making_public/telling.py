"""The worker's round: first what writers say, then what may be published by today."""

from __future__ import annotations

from moderation.making_public import consents, publishing
from moderation.office import Office
from moderation.units import each
from portal.db import Database


def tell_everybody(database: Database, *, office: Office) -> int:
    """Follow what writers say to having their answers told, then publish what may be by today;
    return how many units of work that were.
    """
    with database.reading() as session:
        said = consents.waiting_consents(session)
    done = each(
        database, said, lambda s, i: consents.follow_consent(s, office=office, consent_id=i)
    )
    with database.reading() as session:
        ripe = publishing.ripe_answers(session, office=office)
    return done + each(database, ripe, lambda s, i: publishing.publish(s, office=office, case_id=i))
