"""What the label adds to pages of the apps below."""

from django.template.loader import render_to_string

from quality_label.permissions import may_see_frameworks


def account_links(request, person):
    """Lead those who work on the label's rules to them."""
    return render_to_string("quality_label/panels/account_links.html") if may_see_frameworks(person) else None
