"""Pages that show a row with the forms of the steps that are open to the reader."""

from collections.abc import Callable

from django.http import HttpResponse

from portal.ui.steps import carry_out


def open_forms(row, user, forms: dict, given: dict | None = None) -> dict:
    """Return the forms of the steps that are open to a person, by step; one that was `given` as it was filled in."""
    steps = {step.name for step in row.get_available_user_state_transitions(user)}
    return {name: forms[name](row=row, prefix=name) for name in steps & forms.keys()} | (given or {})


def take_step(request, form, act: Callable, said: str, *, show: Callable, fetch: Callable, place=None) -> HttpResponse:
    """Take a step with what its form says; where that is not possible, show the row as it is by then with that form.

    `show(request, row, forms=, status=)` shows the row that `fetch()` returns.
    """

    def again(status):
        return show(request, fetch(), forms={form.prefix: form}, status=status)

    return carry_out(request, form.row, form, act, said, again=again, place=place)
