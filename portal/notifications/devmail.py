"""The demo's mail server: messages become files that `/dev/mail` shows."""

import os
import tempfile
from datetime import UTC
from email import message_from_bytes, policy
from email.parser import BytesHeaderParser
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Write each message to a file of its own."""

    def send_messages(self, messages):
        folder = settings.DEV_MAIL_DIR
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            handle, path = tempfile.mkstemp(dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(message.message().as_bytes())
            stamp = Path(path).stat().st_mtime_ns
            Path(path).rename(folder / f"{stamp}-{Path(path).name}.eml")
        return len(messages)


def sent_messages(to="", limit=100):
    """Return the newest messages whose recipient holds a text, newest first, as parsed mail with their file name."""
    newest = sorted(settings.DEV_MAIL_DIR.glob("*.eml"), reverse=True)
    asked_for = (path for path in newest if to in recipient_of(path))
    return [read_message(path.name) for path in islice(asked_for, limit)]


def drop_messages(addresses):
    """Delete what the demo sent to some addresses."""
    for path in settings.DEV_MAIL_DIR.glob("*.eml"):
        if recipient_of(path) in addresses:
            path.unlink()


def recipient_of(path):
    """Return the address that one message went to, without reading its body."""
    with path.open("rb") as file:
        return BytesHeaderParser(policy=policy.default).parse(file)["to"]


def read_message(name):
    """Return one message by its file name; raises FileNotFoundError."""
    path = next((known for known in settings.DEV_MAIL_DIR.glob("*.eml") if known.name == name), None)
    if path is None:
        raise FileNotFoundError(name)
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return {
        "name": path.name,
        "to": message["to"],
        "sender": message["from"],
        "subject": message["subject"],
        "date": message["date"].datetime.replace(tzinfo=UTC),  # written as "-0000", which is read as no zone
        "text": content_of(message, "plain"),
        "html": content_of(message, "html"),
    }


def content_of(message, kind):
    """Return the text of one alternative; empty where the message has none."""
    body = message.get_body((kind,))
    return body.get_content() if body else ""
