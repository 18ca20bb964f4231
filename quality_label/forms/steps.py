"""The form of a step that wants no words, and what those that want some build upon."""

from django import forms

from portal.ui.fields import SeenField


class StepForm(forms.Form):
    """A step of a workflow, taken on what its reader saw of the row."""

    seen = SeenField()

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, initial={"seen": row.version}, **kwargs)
        self.row = row
