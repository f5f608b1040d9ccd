"""How gunicorn serves the portal, also when it is started by hand in this folder.

Nothing about a visitor is written down: there is no access log, and the server's own warnings,
which name the network address of whoever sent a broken request, are left out with it.
"""

from portal.heap import give_back, share_one_heap
from portal.memory import share

accesslog = None
loglevel = "error"
# No page of ours has an address, a header or a number of headers near these.
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
# Who a proxy speaks for is read by the program alone, from as many proxies as it was told of.
forwarded_allow_ips = ""
worker_class = "portal.serving.SparingWorker"
control_socket_disable = True


def on_starting(_server: object) -> None:
    """Let the processes count together whoever comes too often, before there are any."""
    share()


def post_fork(_server: object, _worker: object) -> None:
    """Let the threads of a process share one heap, before there are any."""
    share_one_heap()


def post_worker_init(_worker: object) -> None:
    """Give back what a process needed for loading the site only."""
    give_back()
