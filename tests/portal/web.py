"""A small internet on loopback: names, certificates and sites that answer as they are told."""

import socketserver
import ssl
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from portal.fetching.fetcher import SafeFetcher

PUBLIC = "127.0.0.1"  # stands for the public internet
HANDSHAKE = b"\x16"  # how a caller begins that wants TLS
PRIVATE = "127.0.0.2"  # stands for the portal's own network


def page(body=b"hello", *, status="200 OK", kind="text/plain", **headers):
    """Return an answer as bytes."""
    lines = {"Content-Type": kind, "Content-Length": len(body)} | {k.replace("_", "-"): v for k, v in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def passed_on(location, status="302 Found"):
    """Return an answer that leads elsewhere."""
    return page(b"", status=status, Location=location)


class Web:
    """Sites by name; `lookups` and `requests` keep what was asked, `connections` how often a machine was called."""

    def __init__(self, folder):
        self.folder = folder
        self.machines = {}
        self.lookups, self.requests, self.connections = [], [], []
        self.servers = []

    def site(self, name, replies, *, ip=PUBLIC, tls=True, proves=None):
        """Run a site: `replies` are bytes or functions of the line, by path."""
        context = self._certificate(proves or name) if tls else None
        server = socketserver.ThreadingTCPServer((ip, 0), self._clerk(replies, context))
        server.daemon_threads, server.block_on_close = True, False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.servers.append(server)
        self.machines.setdefault(name, []).append([server.server_address])
        return server.server_address

    def name(self, name, *answers):
        """Let a name be looked up: each lookup gets the next answer, the last one for ever."""
        self.machines[name] = list(answers)

    def resolve(self, host, port):
        """Answer as the system's resolver does."""
        self.lookups.append(host)
        answers = self.machines[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def fetcher(self, **changes):
        """Return the portal's own fetcher, connected to this internet."""
        given = {"resolve": self.resolve, "trust": self.trust, "besides": frozenset({PUBLIC}), "seconds": 3}
        return SafeFetcher(**given | changes)

    def trust(self):
        """Trust the authority of this internet and no other."""
        return ssl.create_default_context(cadata=authority()[0].public_bytes(serialization.Encoding.PEM).decode())

    def _clerk(self, replies, context):
        web = self

        class Clerk(socketserver.BaseRequestHandler):
            def handle(self):
                web.connections.append(self.server.server_address)
                with suppress(OSError):  # whoever called may hang up
                    line = context.wrap_socket(self.request, server_side=True) if context else self.request
                    request = b""
                    while (
                        not request.startswith(HANDSHAKE) and b"\r\n\r\n" not in request and (part := line.recv(4096))
                    ):
                        request += part
                    web.requests.append(request.decode("latin-1"))
                    reply = replies[request.split()[1].decode()] if isinstance(replies, dict) else replies
                    if callable(reply):
                        reply(line)
                    else:
                        line.sendall(reply)
                    line.close()

        return Clerk

    def _certificate(self, name):
        certificate, key = signed(name)
        file = self.folder / f"{name}.pem"
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


@contextmanager
def small_internet(folder):
    """Run it until the test ends."""
    web = Web(folder)
    try:
        yield web
    finally:
        for server in web.servers:
            server.shutdown()
            server.server_close()


@cache
def authority():
    """Return the one that everybody here trusts, and its key."""
    return _sign("Authority of the tests", None)


def signed(name):
    """Return a certificate for a name, and its key."""
    return _sign(name, authority())


def _sign(name, parent):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, signer = (parent[0].subject, parent[1]) if parent else (subject, key)
    day = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(day - timedelta(days=1))
        .not_valid_after(day + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=parent is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if parent:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return builder.sign(signer, hashes.SHA256()), key
