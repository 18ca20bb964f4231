"""The form field for the address of a page that others shall open."""

import re

from django import forms
from django.core.exceptions import ValidationError

from portal.fetching.links import read_link
from portal.fetching.refusals import Refused

BARE = re.compile(r"[^\s/:?#@]+\.[^\s/:?#@]+([/?#]|$)")


class PublicLinkField(forms.CharField):
    """The address of a page on the public internet; its clean value is in one spelling. Nothing is fetched."""

    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"})  # type=url wants the scheme typed

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return text
        try:
            return read_link(f"https://{text}" if BARE.match(text) else text).url
        except Refused as refusal:
            raise ValidationError(refusal.reason, code="invalid") from refusal
