"""The styleguide, the choice of theme, the error pages."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse


def test_styleguide_shows_itself_in_a_demo(client, settings):
    settings.DEMO = True

    response = client.get(reverse("ui:styleguide"))

    assert response.status_code == 200
    assert "What you learn on the way should count." in response.text


@pytest.mark.django_db  # the redirects of Wagtail are asked on a 404
def test_styleguide_hides_in_a_real_installation(client, settings):
    settings.DEMO = settings.TESTING = False

    assert client.get(reverse("ui:styleguide")).status_code == 404


def test_theme_is_kept_in_a_cookie_and_leads_back(client):
    response = client.post(reverse("ui:theme"), {"theme": "dark", "next": "/en/playlists/"})

    assert response.headers["Location"] == "/en/playlists/"
    assert response.cookies["theme"].value == "dark"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_theme_never_leads_elsewhere(client, elsewhere):
    response = client.post(reverse("ui:theme"), {"theme": "auto", "next": elsewhere})

    assert response.headers["Location"] == "/"
    assert response.cookies["theme"].value == ""


@pytest.mark.parametrize("code", ["500", "503"])
def test_pages_of_the_worst_case_need_no_context(code):
    assert f'<p class="kicker">{code}</p>' in render_to_string(f"{code}.html")


def test_refused_step_says_why(rf):
    request = rf.get("/")

    html = render_to_string("409.html", {"reasons": ["Name a <contact> person first."], "request": request})

    assert "<li>Name a &lt;contact&gt; person first.</li>" in html


def test_refused_form_gives_back_what_was_typed(rf):
    html = render_to_string("errors/csrf.html", {"typed": [("title", "<Brake>")], "request": rf.get("/")})

    assert "<dd>&lt;Brake&gt;</dd>" in html
