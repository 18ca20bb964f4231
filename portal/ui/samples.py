"""Sample data of the styleguide: the shapes that components take, with words as long as they come."""

from django import forms
from django.templatetags.static import static
from django.utils.functional import lazy

picture = lazy(lambda name: static(f"portal/sample/{name}.svg"), str)


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Name of the badge", max_length=80, help_text="Short, as people will say it.")
    text = forms.CharField(
        label="What the holder can do", max_length=200, widget=forms.Textarea(attrs={"rows": 4}), help_text="One thing."
    )
    email = forms.EmailField(label="E-mail address of the person in charge", required=False)
    city = forms.ChoiceField(label="City", choices=[("", "Choose a city"), ("vno", "Vilnius"), ("ns", "Нови Сад")])
    kind = forms.ChoiceField(
        label="How it is earned",
        choices=[("one", "By finishing a playlist"), ("two", "By hand"), ("three", "With a code at an event")],
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label="Languages",
        choices=[("lt", "Lietuvių"), ("sr", "Српски"), ("ro", "Română")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    image = forms.FileField(label="Picture", required=False, help_text="PNG or SVG, up to 2 MB.")
    fixed = forms.CharField(label="Address of the badge", initial="/badges/7c1b", disabled=True, required=False)
    consent = forms.BooleanField(label="I have read what will be public", help_text="You can take it back at any time.")


FAULTY = {"faulty-title": "Brake Check", "faulty-text": "Safely. " * 27, "faulty-kind": "nothing"}
FILTERS = [
    {"name": "All", "url": "#", "count": 36, "current": True},
    {"name": "Online", "url": "#", "count": 12},
    {"name": "On site", "url": "#", "count": 24},
    {"name": "Savanoriškai", "url": "#", "count": 0},
]
STOPS = [
    {
        "number": 1,
        "title": "Rules of the ring road",
        "url": "#",
        "meta": "60 min · on site · observed ride",
        "state": "done",
    },
    {"number": 2, "title": "Tyres and tubes", "url": "#", "meta": "60 min · on site", "state": "waiting"},
    {
        "number": 3,
        "title": "Cost of a bike",
        "url": "#",
        "meta": "45 min · online",
        "state": "returned",
        "is_optional": True,
    },
    {
        "number": 4,
        "title": "Brake check",
        "url": "#",
        "meta": "90 min · on site · compulsory",
        "state": "now",
        "text": "Adjust and test rim and hand brakes against the bench standard. Hand in the sheet for review.",
        "flag": "Saturday 28 November, 10:00",
        "action": {"name": "Go on", "url": "#"},
    },
    {"number": 5, "title": "Night ride", "url": "#", "meta": "60 min · on site"},
    {"number": 6, "title": "Bike buddy", "url": "#", "meta": "3 h · on site", "is_optional": True},
    {
        "number": 7,
        "title": "Nebeprisikiškiakopūsteliaujantiesiems",
        "meta": "opens after Brake check",
        "state": "locked",
    },
]
CLASSIC = [{"text": "signature good"}, {"text": "issuer known"}, {"text": "not revoked"}, {"text": "valid until 2029"}]
DATA = {
    "tokens": [
        *("paper", "surface", "sunken", "ink", "ink-soft", "line", "accent", "accent-soft", "mark", "mark-soft"),
        *("success", "success-soft", "warning", "warning-soft", "danger", "danger-soft", "info", "info-soft"),
    ],
    "cards": [
        {
            "title": "Repair It, Don’t Bin It",
            "kicker": "Vilnius",
            "cover": picture("cover-repair-it"),
            "badge": picture("badge-repair-host"),
            "text": "From your first safe screw to running a table at a repair cafe.",
            "minutes": 555,
            "holds_label": True,
        },
        {
            "title": "Guardians of the River",
            "kicker": "Novi Sad",
            "cover": picture("cover-river"),
            "badge": picture("badge-guardian"),
            "text": "Measure, protect and speak for one kilometre of the Danube.",
            "minutes": 630,
        },
        {
            "title": "Гласови суседства и незаборавних разговора",
            "kicker": "Барселона",
            "cover": picture("cover-voices"),
            "badge": picture("badge-podcaster"),
            "text": "Направите подкаст од десет минута са људима које ретко чујемо.",
            "minutes": 540,
            "lang": "sr",
        },
    ],
    "filters": FILTERS,
    "stops": STOPS,
    "station": {"title": "Bike-Ready Mechanic", "image": picture("badge-brake-check"), "url": "#"},
    "steps": [
        {"name": "File", "state": "done", "url": "#"},
        {"name": "Columns", "state": "done"},
        {"name": "Check", "state": "now"},
        {"name": "Award"},
    ],
    "figures": [
        {"number": "1 284", "label": "badges collected"},
        {"number": "36", "label": "activities this month"},
        {"number": "6", "label": "cities"},
        {"number": "2", "label": "label holders", "url": "#"},
    ],
    "verdicts": [
        {"tone": "success", "title": "This badge is genuine.", "detail": "Checked just now.", "steps": CLASSIC},
        {
            "tone": "danger",
            "title": "This badge was revoked.",
            "detail": "The issuer took it back on 3 May 2026.",
            "steps": [
                {"text": "signature good"},
                {"text": "revoked", "state": "failed"},
                {"text": "end date", "state": "unknown"},
            ],
        },
        {"tone": "warning", "title": "We could not check everything.", "detail": "The issuer’s site did not answer."},
        {"tone": "info", "title": "We are still looking.", "detail": "This takes a few seconds."},
    ],
    "award_facts": [
        {"name": "Issued by", "value": "Neris Makers’ Guild, Vilnius", "url": "#"},
        {"name": "Issued on", "value": "14 November 2026"},
        {"name": "Workload", "value": "9 h 15 min"},
    ],
    "seal": {"text": "", "url": "#"},
    "checks": [
        {"text": "Safe at the bench", "detail": "Observed against a checklist by the organiser"},
        {"text": "Name a contact person", "state": "open", "url": "#"},
        {"text": "Three badges awarded in the last year", "state": "failed"},
    ],
    "bars": [
        {"label": "Awarded", "value": 318},
        {"label": "Collected", "value": 241},
        {"label": "Shared", "value": 57},
    ],
    "scores": [
        {"label": "Badge design", "value": 82, "second": 74, "text": "82 / 74"},
        {"label": "Evidence and judgement", "value": 61, "second": 66, "text": "61 / 66"},
    ],
    "rows": [
        {
            "number": 2,
            "mail": "jonas.petraitis@example.org",
            "name": "Jonas Petraitis",
            "tone": "success",
            "text": "Ready",
        },
        {
            "number": 3,
            "mail": "stefan.ionescu@example",
            "name": "Ștefan Ionescu",
            "state": "fault",
            "tone": "danger",
            "text": "The address lacks its ending after “example”.",
        },
        {
            "number": 4,
            "mail": "ugne.zydrunaite@example.org",
            "name": "Ugnė Žydrūnaitė",
            "state": "left-out",
            "tone": "warning",
            "text": "Holds this badge since 14 November 2026.",
        },
        {
            "number": 5,
            "mail": "tomaz.kranjc@example.org",
            "name": "Tomaž Kranjc",
            "tone": "info",
            "text": "Being awarded",
        },
    ],
    "tabs": [
        {"name": "Waiting", "url": "#", "count": 4, "current": True},
        {"name": "Answered", "url": "#", "count": 128},
        {"name": "All", "url": "#"},
    ],
    "crumbs": [{"name": "Workspace", "url": "#"}, {"name": "Badges", "url": "#"}, {"name": "Brake Check"}],
    "tiles": [
        {
            "title": "Repair Cafe Host",
            "issuer": "Neris Makers’ Guild",
            "date": "14 November 2026",
            "image": "badge-repair-host",
        },
        {"title": "Community Gardener", "issuer": "Zelena Sled", "image": "badge-gardener", "state": "waiting"},
        {"title": "Mediator", "issuer": "Casa Păcii", "image": "badge-mediator", "state": "hidden"},
        {"title": "Cook", "issuer": "Mokykla", "image": "badge-gardener", "state": "unknown"},
        {
            "title": "Čuvar reke i nepokošenih livada",
            "issuer": "Дунавска школа",
            "image": "badge-guardian",
            "state": "expired",
        },
        {"title": "Podcaster", "issuer": "Ràdio Veïna", "image": "badge-podcaster", "state": "revoked"},
    ],
    "people": [
        {"name": "Ugnė Žydrūnaitė", "detail": "ugne.zydrunaite@example.org", "role": "Owner"},
        {"name": "Милица Савић", "detail": "milica.savic.uciteljica.predskolskog@example.org", "role": "Reviewer"},
    ],
    "events": [
        {
            "title": "The application was handed in",
            "when": "3 October 2026, 14:05",
            "by": "Ugnė Žydrūnaitė",
            "tone": "info",
        },
        {
            "title": "One question was asked",
            "when": "12 October 2026",
            "text": "Who signs the checklist?",
            "tone": "warning",
        },
        {"title": "The label was awarded", "when": "21 November 2026", "tone": "success"},
    ],
    "inbox": [
        {
            "title": "You have earned “Brake Check”",
            "text": "Collect it and decide who may see it.",
            "when": "10:42",
            "unread": True,
        },
        {"title": "Your evidence was sent back", "text": "Add a photo of the second reading.", "when": "Yesterday"},
    ],
    "links": [
        {"name": "credential.json", "url": "#", "note": "Open Badges 3.0"},
        {"name": "credential.jwt", "url": "#", "note": "Open Badges 3.0, signed"},
        {"name": "badge.png", "url": "#", "note": "picture with the badge inside"},
    ],
    "codes": ["2f9a-77c1", "81bc-0d3e", "b2c4-9f10", "67ea-5518", "9d02-c3b7", "e41f-28a6"],
    "rail": [
        {"name": "Overview", "url": "#", "icon": "house"},
        {"name": "Badges", "url": "#", "icon": "badge", "group": "Recognise", "current": True},
        {"name": "Awards", "url": "#", "icon": "send"},
        {"name": "Evidence", "url": "#", "icon": "eye", "count": 4},
        {"name": "People", "url": "#", "icon": "people", "group": "Organiser"},
        {"name": "Verification", "url": "#", "icon": "shield"},
        {"name": "Quality Label", "url": "#", "icon": "label"},
    ],
    "criteria": [
        {"code": "A1", "name": "Purpose", "level": 3, "url": "#"},
        {"code": "B1", "name": "Evidence", "level": 2, "url": "#", "state": "fault"},
        {"code": "B2", "name": "Consistent judgement", "level": 3, "url": "#", "current": True},
        {"code": "B3", "name": "Assessors", "level": "", "url": "#"},
    ],
    "levels": [
        {"value": 0, "text": "No standard; awards follow attendance or a click."},
        {"value": 1, "text": "A standard exists in one person’s head or is written after the event."},
        {"value": 2, "text": "Written standard, used unevenly; unexplained differences between similar awards."},
        {
            "value": 3,
            "text": "Written standard, visibly used in every sampled award.",
            "checked": True,
            "is_line": True,
        },
        {"value": 4, "text": "As 3, and a share of awards is judged twice each year."},
    ],
    "choices": [
        {"value": "one", "title": "One person", "text": "Write their address.", "checked": True},
        {"value": "file", "title": "A file of people", "text": "CSV or a spreadsheet, up to 5 000 rows."},
        {
            "value": "code",
            "title": "A code",
            "text": "People enter it themselves.",
            "note": "Verified organisers only",
            "disabled": True,
        },
    ],
    "pictures": [
        {"value": "repair", "title": "Wrench", "image": picture("badge-repair-host"), "checked": True},
        {"value": "wave", "title": "Wave", "image": picture("badge-guardian")},
        {"value": "seed", "title": "Seed", "image": picture("badge-gardener")},
        {"value": "scales", "title": "Scales", "image": picture("badge-mediator")},
    ],
    "picture": {
        "host": picture("badge-repair-host"),
        "check": picture("badge-brake-check"),
        "river": picture("badge-guardian"),
    },
    "hero": picture("cover-hero"),
}
for tile in DATA["tiles"]:
    tile["image"] = picture(tile["image"])
