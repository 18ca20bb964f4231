"""Named slots of a page that apps above fill, so that a lower app need not know them.

An app registers a panel by dotted path in its `apps.py`; the page shows the slot with
`{% panels "organiser_page" organiser %}`. A panel takes `(request, obj)` and returns
rendered HTML, or None when it has nothing to show.
"""

from collections import defaultdict

from django.utils.module_loading import import_string

_paths = defaultdict(list)


def register(slot, path):
    """Show the panel at the dotted `path` in `slot`, after those registered before it."""
    if path not in _paths[slot]:
        _paths[slot].append(path)


def panels_for(slot):
    """Return the functions that fill `slot`, in the order of registration."""
    return [import_string(path) for path in _paths.get(slot, ())]
