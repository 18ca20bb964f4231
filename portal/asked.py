"""What a request asks for, in a form that can be looked for: outside of forms, which clean what they take."""

import re
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls.converters import UUIDConverter
from django.utils.http import url_has_allowed_host_and_scheme

KEY = re.compile(UUIDConverter.regex)
DIGITS = 18  # as many as fit into the keys of a database


def words_asked(sent: QueryDict, name: str) -> str:
    """Return words without the space around them, and without NUL, which PostgreSQL takes for no text."""
    return sent.get(name, "").replace("\0", "").strip()


def numbers_asked(sent: QueryDict, name: str) -> list[int]:
    """Return the numbers that were sent under a name, such as the boxes that were ticked; what is none is left out."""
    return [int(word) for word in sent.getlist(name) if word.isdecimal() and len(word) <= DIGITS]


def number_asked(sent: QueryDict, name: str) -> int | None:
    """Return the number that a button or a choice carries; None when it is none."""
    numbers = numbers_asked(sent, name)
    return numbers[-1] if numbers else None


def keys_asked(sent: QueryDict, name: str) -> list[UUID]:
    """Return the keys sent under a name in their order, one or several in a value; what is none is left out."""
    words = [word for value in sent.getlist(name) for word in value.split()]
    return [UUID(word) for word in words if KEY.fullmatch(word)]


def wants_json(request: HttpRequest) -> bool:
    """Say whether a form was sent by its page, which reads JSON, and not by its person."""
    return "application/json" in request.headers.get("Accept", "")


def place_asked(sent: QueryDict) -> str:
    """Return the page of this portal that `next` names; the first page when it names another place, or none."""
    place = words_asked(sent, "next")
    if place.startswith("/") and url_has_allowed_host_and_scheme(place, allowed_hosts=None):
        return "/" if urlsplit(place).netloc else place
    return "/"
