"""Carrying out a step of a workflow from a page that shows the forms of all open steps."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from portal.workflow import Stale, StepRefused


def carry_out(request, row, form, act: Callable, said: str, *, again: Callable, place=None) -> HttpResponse:
    """Take a step with what a form says and go to where the row is shown, or to `place`.

    Where that is not possible, `again(status)` shows the row as it is by then, with the form and what was typed.
    """
    if not form.is_valid():
        return again(422)
    try:
        row = act(row, by=request.user, **form.cleaned_data)
    except StepRefused as refused:
        form.add_error(None, refused.reasons)
        if isinstance(refused, Stale) and "seen" in form.fields:
            form.data = form.data | {form.add_prefix("seen"): refused.current.version}
        return again(409)
    messages.success(request, said)
    return redirect(place or row)
