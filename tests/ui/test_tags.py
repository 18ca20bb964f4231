"""Template tags and filters that pages are built with."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import format_html

from portal.ui import panels
from portal.ui.templatetags import ui


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def hello(request, obj):
    return format_html("<p>{}</p>", obj)


def nothing(request, obj):
    return None


def test_a_component_escapes_its_props_and_keeps_its_slot():
    html = render('{% component "evidence" title=title %}<b>{{ title }}</b>{% endcomponent %}', title="<i>")

    assert "<span>&lt;i&gt;</span>" in html
    assert "<b>&lt;i&gt;</b>" in html


@pytest.mark.parametrize(("minutes", "words"), [(555, "9 h 15 min"), (60, "1 h"), (45, "45 min"), (None, "0 min")])
def test_duration_is_said_as_people_do(minutes, words):
    assert ui.duration(minutes) == words


def test_every_icon_can_be_drawn():
    for path in ui.ICONS.glob("*.svg"):
        assert str(ui.icon(path.stem)).startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"')


def test_a_labelled_icon_escapes_its_label():
    assert 'role="img" aria-label="&lt;b&gt;"' in ui.icon("edit", "<b>")


def test_panels_show_what_has_something_to_say(monkeypatch):
    monkeypatch.setattr(panels, "_paths", {"demo": [f"{__name__}.hello", f"{__name__}.nothing"]})

    html = render('{% panels "demo" name %}', request=RequestFactory().get("/"), name="<Ona>")

    assert html == "<p>&lt;Ona&gt;</p>"


def test_an_unknown_slot_is_empty():
    assert panels.panels_for("nobody filled this") == []


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
            "Chrome on Linux",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8", "Unknown browser"),
    ],
)
def test_a_browser_is_named(agent, words):
    assert ui.browser(agent) == words


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 4, 25), (9, 4, 100), (0, 4, 0), (3, 0, 0), (None, 4, 0)])
def test_share_stays_between_nothing_and_all(part, whole, percent):
    assert ui.share(part, whole) == percent


def test_initials_of_a_long_name():
    assert ui.initials("Ugnė Marija Žydrūnaitė") == "UŽ"
    assert ui.initials("Žydrūnė") == "Ž"
    assert ui.initials("") == ""
