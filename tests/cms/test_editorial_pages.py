"""Pages that editors write: what each kind shows, where it may stand, and in which language it is read."""

import json
import re

import pytest
from django.contrib.auth.models import Group, Permission

from cms.models import (
    CONTENT_PAGES,
    ChapterPage,
    CurriculumPage,
    FaqPage,
    GuidePage,
    HelpPage,
    HomePage,
    LibraryIndexPage,
    NewsIndexPage,
    NewsPage,
    PublicationPage,
    RecommendationPage,
    StandardPage,
    StrategyPage,
)
from organisers.models import Organiser
from tests.factories.accounts import PersonFactory
from tests.factories.organisers import OrganiserFactory
from tests.factories.pages import above, guide, written
from tests.factories.pathways import activity, translated, with_role
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db

BODY = [
    ("text", "<h2>Why</h2><p>Because it <b>counts</b>.</p>"),
    ("quote", {"text": "It helped.", "who": "Ruta"}),
    ("checklist", ["First line", "Second line"]),
    ("steps", [{"title": "Open it", "text": "On your phone."}]),
    ("question", {"question": "What is it?", "answer": "<p>A picture.</p>"}),
    ("facts", [{"name": "Price", "value": "nothing"}]),
    ("logos", {"logos": [{"name": "Laguna Aperta", "country": "IT"}], "is_cofunded": True}),
    ("action", {"title": "Go on", "text": "Now.", "button": "Begin", "address": "/quality-label/"}),
]


def body_of(page, parts=BODY):
    """Return parts as the content field of a page holds them."""
    block = page.body.stream_block
    return [(name, block.child_blocks[name].to_python(value)) for name, value in parts]


def with_body(page):
    page.body = body_of(page)
    page.save_revision().publish()
    return page


def structured(text):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


@pytest.mark.parametrize("model", [model for model in CONTENT_PAGES if model is not ChapterPage])
def test_each_kind_shows_all_parts_of_its_content(client, model):
    page = with_body(written(model))

    text = client.get(page.get_url()).text

    for words in (
        *("About us</h1>", "<h2>Why</h2>", "It helped.", "Second line", "Open it", "What is it?", "A picture."),
        *(
            "nothing</dd>",
            "Laguna Aperta",
            "Italy</span>",
            "Co-funded by the European Union. Views",
            'href="/quality-label/"',
        ),
    ):
        assert words in text, words
    assert structured(text)["inLanguage"] == "en"


@pytest.mark.parametrize("model", [model for model in CONTENT_PAGES if model is not ChapterPage])
def test_each_kind_can_be_previewed_by_those_who_edit_the_site(client, model):
    editor = PersonFactory()
    editor.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(editor)
    page = written(model, title="Not yet out", live=False)

    shown = client.get(f"/cms/pages/{page.pk}/view_draft/")

    assert shown.status_code == 200
    assert "Not yet out</h1>" in shown.text
    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    client.logout()
    assert client.get(f"/en/{page.url_path.split('/', 2)[2]}").status_code == 404


def test_an_editor_makes_a_page(client):
    editor = PersonFactory()
    editor.groups.add(Group.objects.get(name="Editors"))
    Group.objects.get(name="Editors").permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    assert client.get(f"/cms/pages/add/cms/newspage/{above(NewsPage).pk}/").status_code == 200


def test_authors_of_organisers_make_no_pages_of_the_site(client):
    client.force_login(with_role(OrganiserFactory(verified=True), "author"))

    for model in CONTENT_PAGES:
        parent = guide() if model is ChapterPage else above(model)
        answer = client.get(f"/cms/pages/add/cms/{model.__name__.lower()}/{parent.pk}/")
        assert (answer.status_code, answer["Location"]) == (302, "/cms/"), model
    page = written(StandardPage)
    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 302


@pytest.mark.parametrize(
    ("model", "parents"),
    [
        (StandardPage, {"homepage"}),
        (FaqPage, {"homepage"}),
        (ChapterPage, {"guidepage"}),
        (GuidePage, {"guideindexpage"}),
        (HelpPage, {"helpindexpage"}),
        (NewsPage, {"newsindexpage"}),
        (StrategyPage, {"libraryindexpage"}),
        (RecommendationPage, {"libraryindexpage"}),
        (CurriculumPage, {"libraryindexpage"}),
        (PublicationPage, {"libraryindexpage"}),
    ],
)
def test_each_kind_has_its_place(model, parents):
    assert {parent._meta.model_name for parent in model.allowed_parent_page_models()} == parents


# --- guides -----------------------------------------------------------------------------------------------------------


def test_a_chapter_knows_its_number_and_its_neighbours(client):
    page = guide("One", "Two", "Three")
    second = ChapterPage.objects.get(title="Two")

    text = client.get(second.get_url()).text

    assert "Chapter 2" in text
    assert re.search(r'rel="prev" href="[^"]*/one/"', text)
    assert re.search(r'rel="next" href="[^"]*/three/"', text)
    assert f'<a href="{page.get_url()}">How to badge</a>' in text


def test_a_guide_lists_its_published_chapters_in_order(client):
    page = guide("One", "Two")
    written(ChapterPage, title="Secret", parent=page, number=3, live=False)
    ChapterPage.objects.filter(title="One").update(number=9)

    text = client.get(page.get_url()).text

    assert re.findall(r'<li><a href="[^"]+">(One|Two|Secret)</a>', text) == ["Two", "One"]


def test_a_guide_comes_as_one_file_with_what_is_published(client):
    page = with_body(guide("One", "Two"))

    answer = client.get(page.document_url)

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert 'filename="how-to-badge.pdf"' in answer["Content-Disposition"]
    again = client.get(page.document_url)
    assert again.content == answer.content
    chapter = ChapterPage.objects.get(title="Two")
    chapter.title = "Changed"
    chapter.save_revision().publish()
    assert client.get(page.document_url).content != answer.content


@pytest.mark.parametrize("path", ["guides/none.pdf", "news/how-to-badge.pdf", "library/how-to-badge.pdf"])
def test_there_is_no_file_of_what_is_no_guide(client, path):
    guide("One")

    assert client.get(f"/en/{path}").status_code == 404


def test_no_file_of_a_draft(client):
    page = guide("One", live=False)

    assert client.get(f"/en/guides/{page.slug}.pdf").status_code == 404


# --- library ----------------------------------------------------------------------------------------------------------


def test_the_library_is_narrowed_down_by_level_and_country(client):
    written(StrategyPage, title="Of Vilnius", level="local", country="LT")
    written(StrategyPage, title="Of Slovenia", level="national", country="SI")
    written(RecommendationPage, title="For Europe", level="european")

    def found(query):
        text = client.get(f"{above(StrategyPage).get_url()}{query}").text
        return {title for title in ("Of Vilnius", "Of Slovenia", "For Europe") if f">{title}</a>" in text}

    assert found("") == {"Of Vilnius", "Of Slovenia", "For Europe"}
    assert found("?level=local") == {"Of Vilnius"}
    assert found("?country=SI") == {"Of Slovenia"}
    assert found("?level=local&country=SI") == set()
    assert found("?level=nonsense&country=%00") == {"Of Vilnius", "Of Slovenia", "For Europe"}


def test_a_strategy_says_its_facts(client):
    page = written(
        StrategyPage,
        level="local",
        country="LT",
        city="Vilnius",
        year=2026,
        status="adopted",
        partners=[("partner", "Upės Biblioteka")],
    )

    text = client.get(page.get_url()).text

    for fact in ("local", "Lithuania", "Vilnius", "2026", "adopted", "Upės Biblioteka"):
        assert f"<dd>{fact}</dd>" in text


def test_a_publication_is_cited_and_taken_along(client):
    page = written(PublicationPage, citation="Waymark (2026). An overview.", authors=[("author", "Waymark")])

    text = client.get(page.get_url()).text

    assert 'data-copy="Waymark (2026). An overview."' in text
    assert page.document_url in text
    assert client.get(page.document_url)["Content-Type"] == "application/pdf"


# --- help and news ----------------------------------------------------------------------------------------------------


def test_help_is_found_by_words_of_title_and_text_whatever_their_accents(client):
    page = written(HelpPage, title="Collect a badge", topic="learners")
    with_body(page)
    written(HelpPage, title="Įsigyti ženklelį", topic="troubleshooting")

    def found(query):
        text = client.get(above(HelpPage).get_url(), {"q": query}).text
        return {title for title in ("Collect a badge", "Įsigyti ženklelį") if f">{title}</a>" in text}

    assert found("BADGE") == {"Collect a badge"}
    assert found("second line") == {"Collect a badge"}
    assert found("zenkleli") == {"Įsigyti ženklelį"}
    assert found("nowhere") == set()
    assert found("x" * 200) == {"Collect a badge", "Įsigyti ženklelį"}
    assert found("\0") == {"Collect a badge", "Įsigyti ženklelį"}


def test_help_that_has_the_words_in_its_title_comes_first(client):
    for title, summary in [
        ("A badge", "A story."),
        ("Begin", "With a line of it."),
        ("Second lines", "What they are."),
    ]:
        with_body(written(HelpPage, title=title, summary=summary, topic="learners"))

    text = client.get(above(HelpPage).get_url(), {"q": "line"}).text

    places = [text.index(f">{title}</a>") for title in ("Second lines", "Begin", "A badge")]
    assert places == sorted(places)


def test_help_stands_by_topic_with_troubles_first(client):
    written(HelpPage, title="Collect", topic="learners")
    written(HelpPage, title="Broken", topic="troubleshooting")

    text = client.get(above(HelpPage).get_url()).text

    assert text.index("When something does not work") < text.index("For learners")


def test_news_stand_newest_first_and_in_a_feed(client):
    written(NewsPage, title="Older", date="2026-01-01")
    written(NewsPage, title="Newer", date="2026-05-01")
    written(NewsPage, title="Draft", live=False)

    text = client.get(above(NewsPage).get_url()).text
    feed = client.get("/en/news/atom.xml")

    assert text.index(">Newer</a>") < text.index(">Older</a>")
    assert "Draft" not in text
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert re.findall(r"<title>(\w+)</title>", feed.text) == ["Newer", "Older"]
    assert client.get("/lt/news/atom.xml").text.count("<entry>") == 0


# --- languages --------------------------------------------------------------------------------------------------------


def test_a_page_without_translation_is_read_in_its_own_language_and_says_so(client):
    page = written(HelpPage, title="Collect a badge")
    address = f"/lt{page.get_url()[3:]}"

    answer = client.get(address)

    assert answer.status_code == 200
    assert '<html lang="lt"' in answer.text
    assert '<h1 lang="en">Collect a badge</h1>' in answer.text
    assert '<strong lang="en">English</strong>' in answer.text
    assert f'rel="canonical" href="http://localhost:8000{page.get_url()}"' in answer.text
    listed = client.get(above(HelpPage, "lt").get_url()).text
    assert f'<a href="{address}" lang="en">Collect a badge</a>' in listed


def test_a_translated_page_is_listed_once_in_each_language(client):
    page = written(HelpPage, title="Collect a badge")
    other = translated(page)

    text = client.get(above(HelpPage, "lt").get_url()).text

    assert text.count(f'href="{other.get_url()}"') == 1
    assert "(English)" not in text
    assert "<strong lang=" not in client.get(other.get_url()).text


@pytest.mark.parametrize("live", [True, False])
def test_only_what_is_published_is_offered_in_another_language(client, live):
    page = written(StandardPage, live=live)

    assert client.get(f"/lt/{page.slug}/").status_code == (200 if live else 404)


# --- front door, footer, search engines -------------------------------------------------------------------------------


def test_the_front_door_offers_the_guide_the_news_and_the_contributors(client):
    page = guide("One")
    written(NewsPage, title="Four days")
    home = HomePage.objects.get(locale__language_code="en")
    home.contributors = [("contributor", {"name": "Laguna Aperta", "country": "IT", "logo": None, "address": ""})]
    home.save_revision().publish()

    text = client.get("/en/").text

    assert page.document_url in text
    assert ">Four days</a>" in text
    assert re.search(r"Laguna Aperta</span><span [^>]*>Italy</span>", text)
    assert "For employers, schools and cities" in text


def test_the_footer_has_the_pages_that_are_in_the_menu(client):
    written(StandardPage, title="House rules", show_in_menus=True)
    written(StandardPage, title="Hidden")

    english, lithuanian = (client.get(f"/{code}/badges/").text for code in ("en", "lt"))

    assert '<li><a href="/en/house-rules/">House rules</a></li>' in english
    assert '<li><a href="/lt/house-rules/" lang="en">House rules</a></li>' in lithuanian
    assert "Hidden" not in english
    assert f'<a href="{NewsIndexPage.objects.get(locale__language_code="en").get_url()}"' in english


def test_the_map_for_search_engines_names_each_page_with_its_translations(client):
    page = written(HelpPage, title="Collect")
    other = translated(page)
    draft = written(HelpPage, title="Later", live=False)

    answer = client.get("/sitemap.xml")

    assert answer["Content-Type"] == "application/xml"
    for one in (page, other):
        assert f"<loc>http://localhost:8000{one.get_url()}</loc>" in answer.text
    assert f'hreflang="lt" href="http://localhost:8000{other.get_url()}"' in answer.text
    assert draft.slug not in answer.text
    assert f"<loc>http://localhost:8000{LibraryIndexPage.objects.first().get_url()}</loc>" in answer.text


def test_the_map_leaves_out_what_is_by_invitation_and_what_a_suspended_organiser_offers(client):
    shown = activity(title="For all")
    invited = activity(title="For few", audience="invited")
    closed = activity(title="Of nobody")
    Organiser.objects.filter(pk=closed.organiser_id).update(standing=Organiser.Standing.SUSPENDED)

    text = client.get("/sitemap.xml").text

    assert [one.get_url() in text for one in (shown, invited, closed)] == [True, False, False]


def test_questions_are_told_to_search_engines_and_no_word_of_them_ends_the_data(client):
    page = written(FaqPage)
    page.body = body_of(page, [("question", {"question": "</script><b>?", "answer": "<p>Yes &amp; no.</p>"})])
    page.save_revision().publish()

    text = client.get(page.get_url()).text

    [question] = structured(text)["mainEntity"]
    assert (question["name"], question["acceptedAnswer"]["text"]) == ("</script><b>?", "Yes & no.")
    assert "</script><b>?" not in text


def test_a_page_passed_on_has_a_picture(client):
    text = client.get(written(NewsPage).get_url()).text

    assert '<meta property="og:image" content="http://localhost:8000/static/' in text


@pytest.mark.parametrize("model", [HelpPage, NewsPage, StrategyPage, GuidePage])
def test_lists_cost_the_same_with_1_and_with_30_pages(client, model):
    written(model, title="The first")
    address = above(model).get_url()
    with_one = queries_of(client, address)
    for number in range(20):
        written(model, title=f"Page {number}")

    assert queries_of(client, address) == with_one
