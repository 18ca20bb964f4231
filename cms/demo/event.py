"""The demo's training event: four days that are over, with agenda, trainers and place."""

from datetime import date, datetime, time
from uuid import UUID

from wagtail.rich_text import RichText

from badges.models import BadgeClass
from cms.demo.data import NETWORK_SLUG
from cms.demo.organisations import make_badge
from cms.demo.pages import publish
from organisers.models import Organiser
from pathways.actions import ensure_section
from pathways.models import ActivityDate, ActivityPage
from portal import clock

EVENT_KEY = UUID("5a0f4f5e-2b1d-4c39-9a5e-0c6d1f7b2e18")  # the news item leads to it
FIRST = date(2026, 5, 18)
TITLE = (
    "Four days in Stara Vrba: judging badges fairly",
    "Keturios dienos Stara Vrboje: sąžiningai vertinti ženklelius",
)
SUMMARY = (
    "Training and certification in badge recognition for people from six countries.",
    "Ženklelių pripažinimo mokymai ir sertifikavimas žmonėms iš šešių šalių.",
)
TEXT = (
    "Real badges, invented applications, and a plan to take home.",
    "Tikri ženkleliai, išgalvotos paraiškos ir planas, kurį parsivežate namo.",
)
OBJECTIVES = [
    ("Know what makes a badge worth trusting", "Žinoti, dėl ko ženkleliu verta pasitikėti"),
    ("Work by the label’s criteria at home", "Namie dirbti pagal Kokybės ženklo kriterijus"),
    ("Meet people who judge elsewhere", "Susitikti su tais, kurie vertina kitur"),
    ("Say what practice asks of the criteria", "Pasakyti, ko praktika reikalauja iš kriterijų"),
    ("Speak for recognition in one’s country and in Europe", "Kalbėti už pripažinimą savo šalyje ir Europoje"),
]
BOTH = "Mirela T., Bram H."
MARKET = ("A market of real badges", "Tikrų ženklelių mugė")
ROUND = ("What we believed, and why", "Kuo patikėjome ir kodėl")
ONE_FAILURE = ("One badge and one failure from each country", "Po vieną ženklelį ir vieną nesėkmę iš kiekvienos šalies")
SWAP = ("Role swap: learner, reviewer, issuer", "Keičiamės vaidmenimis: besimokantysis, vertintojas, išdavėjas")
JUDGE = ("Judge an invented application, first alone", "Įvertinkite išgalvotą paraišką – iš pradžių vieni")
FEEDBACK = ("Agree in pairs and write feedback", "Susitarkite poromis ir parašykite atsiliepimą")
SUPPORT = ("How to support recognition at home and beyond", "Kaip remti pripažinimą namie ir kitur")
PLAN = ("The first page of an action plan", "Pirmasis veiksmų plano puslapis")
RIVER = ("Evening at the river, time to talk", "Vakaras prie upės, laikas pokalbiams")
DAYS = [
    (("Quality in learning and recognition", "Mokymosi ir pripažinimo kokybė"), [MARKET, ROUND, RIVER]),
    (("Examples and practice", "Pavyzdžiai ir praktika"), [ONE_FAILURE, SWAP]),
    (("The label and how to judge for it", "Kokybės ženklas ir kaip dėl jo vertinti"), [JUDGE, FEEDBACK]),
    (("Strategies and a plan", "Strategijos ir planas"), [SUPPORT, PLAN]),
]
HOURS = [(time(9, 30), time(12, 30)), (time(14), time(17)), (time(19), None)]
ROLE = ("trainer", "mokymų vadovas")
TRAINERS = [
    ("Mirela T.", "Cooperativa Sale e Vento", ("Has judged badges since 2019.", "Ženklelius vertina nuo 2019 m.")),
    ("Bram H.", "De Groene Fietsacademie", ("Asks where it stands.", "Klausia, kur tai parašyta.")),
]
LOGISTICS = {
    "host": ("Dunavska Učionica with Panonski Krug", "Dunavska Učionica kartu su Panonski Krug"),
    "place": ("The old school, Stara Vrba, Serbia", "Senoji mokykla, Stara Vrba, Serbija"),
    "way": ("Train to the town, then the host’s bus.", "Traukiniu iki miesto, toliau – šeimininkų autobusu."),
    "costs": ("The project pays rooms, meals and travel.", "Už nakvynę, maistą ir kelionę moka projektas."),
}  # fmt: skip
BADGE = {
    "en": {
        "name": "Four Days of Recognition",
        "description": "Its holder was there on all four days of the training in Stara Vrba.",
        "picture_text": "An open book on a teal badge",
        "criteria": "Be there on each of the four days and judge an invented application.",
    },
    "lt": {
        "name": "Keturios pripažinimo dienos",
        "description": "Turėtojas dalyvavo visas keturias mokymų Stara Vrboje dienas.",
        "picture_text": "Atversta knyga ant žalsvai mėlyno ženklelio",
        "criteria": "Dalyvauti kiekvieną iš keturių dienų ir įvertinti išgalvotą paraišką.",
    },
}


def build_event() -> None:
    """Make the page of the event with its four dates and its badge."""
    organiser = Organiser.objects.get(slug=NETWORK_SLUG)
    section = ensure_section(organiser)
    page = ActivityPage(
        title=TITLE[0], slug="four-days-stara-vrba", translation_key=EVENT_KEY, organiser=organiser,
        summary=SUMMARY[0], kind=ActivityPage.Kind.COURSE, minutes=24 * 60, mode=ActivityPage.Mode.ON_SITE,
        judge=ActivityPage.Judge.PRESENCE, dates_needed=len(DAYS), body=body(), closes_on=FIRST.replace(day=21),
    )  # fmt: skip
    page.dates = [date_of(number) for number in range(len(DAYS))]
    page.badge_class = make_badge(
        organiser, BADGE, seed="four-days.book.teal", kind=BadgeClass.Kind.PARTICIPATION, minutes=page.minutes
    )
    publish(section, page, dict(pairs()))


def date_of(number: int) -> ActivityDate:
    """Return one of the days, from half past nine to five."""
    day, zone = FIRST.replace(day=FIRST.day + number), clock.beginning_of(FIRST).tzinfo
    begins, ends = (datetime.combine(day, hour, zone) for hour in (time(9, 30), time(17)))
    return ActivityDate(begins_at=begins, ends_at=ends, room="The old school")


def body() -> list:
    """Return the content of the page in English."""
    days = [
        {
            "day": FIRST.replace(day=FIRST.day + number),
            "title": title[0],
            "sessions": [
                {"begins": begins, "ends": ends, "title": session[0], "who": BOTH}
                for session, (begins, ends) in zip(sessions, HOURS, strict=False)
            ],
        }
        for number, (title, sessions) in enumerate(DAYS)
    ]
    trainers = [
        {"name": name, "role": ROLE[0], "organisation": home, "text": text[0], "portrait": None}
        for name, home, text in TRAINERS
    ]
    logistics = {name: words[0] for name, words in LOGISTICS.items()} | {"contact": "training@example.org"}
    return [
        ("text", RichText(f"<p>{TEXT[0]}</p>")),
        ("objectives", [words[0] for words in OBJECTIVES]),
        ("agenda", days),
        ("trainers", trainers),
        ("logistics", logistics),
    ]


def pairs() -> list[tuple[str, str]]:
    """Return what each string becomes in Lithuanian; names stay as they are."""
    sessions = [session for _title, held in DAYS for session in held]
    names = [(word, word) for word in (BOTH, "training@example.org", *(one for row in TRAINERS for one in row[:2]))]
    texts = [text for _name, _home, text in TRAINERS]
    titles = [title for title, _sessions in DAYS]
    return [TITLE, SUMMARY, TEXT, *OBJECTIVES, *titles, *sessions, ROLE, *texts, *LOGISTICS.values(), *names]
