"""What a person typed while their session ran out: kept, shown after signing in, sent again on their word."""

from allauth.core.internal.ratelimit import consume

SECRET_WORDS = ("password", "token", "secret", "credential")
KEY = "typed"
LIMIT = 20_000  # characters: anybody may send a form, and what is kept fills the database
KEPT_FOR = 24 * 3600
TIMES = {"keep": "60/10m/ip,300/d/ip"}


def typed_values(request) -> list[tuple[str, str]]:
    """Return the typed values of a form, without secrets and files."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name.lower() for word in SECRET_WORDS)
    ]


def keep_typed(request) -> bool:
    """Keep what was sent to this address in the session for a day; False where it is long or the visitor sends much.

    The caller then gives it back on the page: nothing typed is lost.
    """
    values = typed_values(request)
    files = [file.name for file in request.FILES.values()]
    size = sum(len(word) for word in [request.get_full_path(), *files, *(part for pair in values for part in pair)])
    if size > LIMIT or not consume(request, app="access", action="keep", config=TIMES):
        return False
    request.session[KEY] = {"path": request.get_full_path(), "values": values, "files": files}
    request.session.set_expiry(KEPT_FOR)
    return True


def settle(request) -> None:
    """Let the session of a person who has signed in last as long as any other."""
    if request.session.get("_session_expiry") == KEPT_FOR:
        request.session.set_expiry(None)


def recall_typed(request) -> dict | None:
    """Return what was kept, or None."""
    return request.session.get(KEY)


def forget_typed(request) -> None:
    """Drop what was kept."""
    request.session.pop(KEY, None)
