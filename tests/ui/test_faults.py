"""What forms say of what they do not take, and that no field cuts what is pasted."""

import pytest
from django import forms
from django.template.loader import render_to_string

from portal.ui.fields import SeenField

PATIENT = {
    forms.CharField: "Fill this in.",
    forms.DateField: "Fill this in.",
    forms.BooleanField: "Tick this.",
    forms.FileField: "Choose a file.",
}


class VersionForm(forms.Form):
    """A form that says which version it showed."""

    seen = SeenField()


class SampleForm(forms.Form):
    """A text with a limit, and a choice."""

    words = forms.CharField(label="Why", min_length=3, max_length=10, widget=forms.Textarea)
    line = forms.CharField(label="Name", max_length=5)
    number = forms.IntegerField(label="Days", min_value=1, max_value=9)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])
    kinds = forms.MultipleChoiceField(label="Kinds", choices=[("a", "A")])


@pytest.mark.parametrize("kind", PATIENT)
def test_what_is_left_out_is_asked_for_by_what_it_is(kind):
    with pytest.raises(forms.ValidationError, match=PATIENT[kind]):
        kind().clean(None)


def test_the_list_of_faults_names_each_field_and_says_what_fits():
    form = SampleForm({"words": "x" * 12, "line": "", "number": "12", "kind": ""})

    text = render_to_string("components/error_summary.html", {"form": form})

    for words in [
        "Why: This has 12 characters. At most 10 fit.",
        "Name: Fill this in.",
        "Days: Give a number of 9 at most.",
        "Kind: Choose one of these.",
        "Kinds: Choose at least one.",
    ]:
        assert words in text
    assert "Ensure" not in text
    assert "required" not in text


def test_a_field_takes_more_than_it_may_hold_and_counts_what_is_too_many():
    form = SampleForm()

    text = "".join(str(form[name].as_field_group()) for name in ["words", "line"])

    assert "maxlength" not in text
    assert text.count('data-text-over="{over} too many: {used} of {max} characters"') == 2


@pytest.mark.parametrize("sent", [{}, {"seen": ""}, {"seen": "x"}, {"seen": "-1"}])
def test_a_page_without_its_version_says_one_sentence_and_can_be_sent_once_more(sent):
    form = VersionForm(sent, initial={"seen": 7})

    text = render_to_string("components/error_summary.html", {"form": form})

    assert "<li>This page was out of date. Look at it again and send it once more.</li>" in " ".join(text.split())
    assert "Seen" not in text
    assert form["seen"].value() == 7
    assert VersionForm({"seen": "3"}).is_valid()
