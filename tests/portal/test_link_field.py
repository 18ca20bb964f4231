"""The form field for the address of a page."""

import pytest
from django.core.exceptions import ValidationError

from portal.fetching.fields import PublicLinkField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.org", "https://example.org/"),
        ("www.example.org/my-page?a=b", "https://www.example.org/my-page?a=b"),
        ("žodynas.lt#a", "https://xn--odynas-2pb.lt/#a"),
        ("https://example.org/a", "https://example.org/a"),
        ("", ""),
    ],
)
def test_the_field_keeps_one_spelling_of_what_was_typed(typed, kept):
    assert PublicLinkField(required=False, max_length=500).clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("http://example.org/", "Give an address that begins with https://."),
        ("127.0.0.1/admin", "Give the name of the site, such as example.org, not its number."),
        ("printer.local", "This address leads into a private network; give one that everybody can open."),
        ("localhost", "This is not the address of a page. It should look like https://example.org/my-page."),
        ("https://example.org:8080/", "Leave out the number after the colon."),
        ("https://me@example.org/", "Leave out the name or password before the @."),
        ("https://example.org/" + "a" * 500, "This has 520 characters. At most 500 fit."),
        ("", "Fill this in."),
    ],
)
def test_the_field_says_why_an_address_is_not_taken(typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        PublicLinkField(max_length=500).clean(typed)

    assert refusal.value.messages == [sentence]
