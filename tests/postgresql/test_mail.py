"""Two workers that send mail at once on PostgreSQL: each resident is told once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from moderation.notifying.posting import Post
from portal.identity import Particulars
from tests.moderation.identity.keepers import write
from tests.moderation.notifying.post_office import open_office
from tests.moderation.ward import Ward


def test_two_workers_at_once_send_each_mail_once(ward: Ward) -> None:
    addresses = [f"nguoi.{number}@thu.vi.du" for number in range(6)]
    for address in addresses:
        write(ward, Particulars(), notify=address).claim()
    with open_office() as office, ThreadPoolExecutor(2) as both:
        posts = [
            Post(ward.database, ward.worker_ring, office.settings(), "") for _worker in range(2)
        ]
        assert sum(both.map(lambda post: post.work(at=ward.at), posts)) == len(addresses)
        assert sorted(mail["To"] for mail in office.mails) == addresses
