"""How gunicorn serves the portal, also when it is started by hand in this folder.

Nothing about a visitor is written down: there is no access log, and the server's own warnings,
which name the network address of whoever sent a broken request, are left out with it.
"""

accesslog = None
loglevel = "error"
limit_request_line = 8190
worker_class = "gthread"
control_socket_disable = True
