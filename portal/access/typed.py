"""What a person typed while their session ran out: kept, shown after signing in, sent again on their word."""

SECRET_WORDS = ("password", "token", "secret", "credential")
KEY = "typed"
LIMIT = 100_000


def typed_values(request) -> list[tuple[str, str]]:
    """Return the typed values of a form, without secrets and files."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name.lower() for word in SECRET_WORDS)
    ]


def keep_typed(request) -> None:
    """Keep what was sent to this address in the session, if it is of a sane size."""
    values = typed_values(request)
    if sum(len(value) for _, value in values) <= LIMIT:
        request.session[KEY] = {
            "path": request.get_full_path(),
            "values": values,
            "files": [file.name for file in request.FILES.values()],
        }


def recall_typed(request) -> dict | None:
    """Return what was kept, or None."""
    return request.session.get(KEY)


def forget_typed(request) -> None:
    """Drop what was kept."""
    request.session.pop(KEY, None)
