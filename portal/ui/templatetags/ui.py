"""Tags and filters that pages are built with."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.core.paginator import Paginator
from django.forms import Textarea
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext

from portal.ui.panels import panels_for

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "icons"


@register.simple_block_tag
def component(content, name, /, **props):
    """Render components/<name>.html around the block it wraps."""
    return render_to_string(f"components/{name}.html", {**props, "slot": content})


@cache
def _drawing(name):
    return re.search(r"<svg[^>]*>(.*)</svg>", (ICONS / f"{name}.svg").read_text(), re.DOTALL)[1]


@register.simple_tag
def icon(name, label=""):
    """Draw an icon of `portal/ui/icons`; hidden from screen readers unless it carries a `label`."""
    if label:
        return format_html(
            f'<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{{}}">{_drawing(name)}</svg>', label
        )
    return format_html(
        f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" data-icon="{{}}">{_drawing(name)}</svg>', name
    )


@register.simple_tag(takes_context=True)
def panels(context, slot, obj):
    """Show what the apps above have to say about `obj` in this slot."""
    rendered = [panel(context["request"], obj) for panel in panels_for(slot)]
    return format_html_join("", "{}", ((html,) for html in rendered if html))


@register.filter
def duration(minutes):
    """Say a number of minutes as people do: 555 is "9 h 15 min"."""
    hours, rest = divmod(int(minutes or 0), 60)
    if hours and rest:
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    if hours:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(minutes)d min") % {"minutes": rest}


@register.filter
def workload(hours):
    """Say a number of hours of learning: 1 is "1 hour"."""
    return ngettext("%(hours)d hour", "%(hours)d hours", hours) % {"hours": hours}


@register.filter
def before_sentence(field):
    """Name a field before a sentence about it: by its short label if there is one; a question takes no colon."""
    label = str(getattr(field.field, "short_label", field.label))
    return label if label.endswith("?") else f"{label}:"


@register.filter
def initials(name):
    """Return the first letters of the first and last word of a name, for a picture-less person."""
    words = str(name).split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]])


@register.filter
def drawn(options):
    """Write the options of a select at once: lists of skills and countries have hundreds."""
    rows = ((str(option["value"]), flatatt(option["attrs"]), option["label"]) for option in options)
    return format_html_join("", '\n  <option value="{}"{}>{}</option>', rows)


@register.filter
def page_numbers(page):
    """Return the numbers a pager shows around `page`, with gaps elided."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def is_gap(number):
    """Say whether a pager shows an ellipsis here."""
    return number == Paginator.ELLIPSIS


@register.filter
def share(part, whole):
    """Return `part` of `whole` in percent, between 0 and 100, for the width of a bar."""
    return min(100, round(100 * (part or 0) / whole)) if whole else 0


BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")),
)


@register.filter
def browser(user_agent):
    """Say which browser a user agent string means, as far as a person would know it."""
    name = next((word for mark, word in BROWSERS if mark in user_agent), "")
    system = next((word for mark, word in SYSTEMS if mark in user_agent), "")
    if name and system:
        return gettext("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or gettext("Unknown browser")


@register.filter
def limit(field):
    """Return how many characters a text field takes, where people can run into it; None elsewhere."""
    widget = field.field.widget
    if isinstance(widget, Textarea) or getattr(widget, "input_type", "") == "text":
        return widget.attrs.get("maxlength")
    return None
