"""A real mail server on loopback that answers as it is told."""

import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Clerk:
    """Takes letters, or refuses each recipient with the answers it was given, one a try."""

    def __init__(self, answers):
        self.answers = answers
        self.letters = []
        self.connections = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        """Count a connection."""
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Refuse or take one recipient."""
        waiting = self.answers.get(address, [])
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Keep the letter."""
        self.letters.append(envelope)
        return "250 Message accepted"


@contextmanager
def mail_server(settings, answers=None):
    """Run the server and point the portal at it."""
    clerk = Clerk(answers or {})
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(clerk, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    try:
        yield clerk
    finally:
        server.stop()
