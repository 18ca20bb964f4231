"""Sending the forms of pages as a browser does."""


def sent(client, path, **changes):
    """Return what the form of a page sends, with changes."""
    values = values_of(client.get(path).context["form"]) | changes
    return {name: value for name, value in values.items() if value is not None}


def values_of(form):
    """Return what a browser sends of a form; a box that is not ticked sends nothing."""
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}
