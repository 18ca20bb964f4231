"""What a reader asks of the lists, and what the lists, the map and the feed answer."""

from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.template.loader import render_to_string
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from badges.models import EscoLabel
from cms.indexes import kept_for
from organisers.models import City
from pathways import finding, index
from pathways.finding import distances, weigh_activities, weigh_playlists, with_words
from pathways.index import Entry, Findings
from pathways.models import ActivityPage, PlaylistPage
from portal.versions import kept_part

SKILLS_OFFERED = 40
STARTS = [(finding.TODAY, _("today")), (finding.WEEK, _("this week")), (finding.MONTH, _("this month"))]
MINUTES = [
    ("30", _("up to 30 minutes")),
    ("60", _("up to an hour")),
    ("120", _("up to two hours")),
    (finding.LONGER, _("longer than two hours")),
]
ORDERS = [
    (index.NEWEST, _("newest first")),
    (index.SOONEST, _("soonest date first")),
    (index.SHORTEST, _("shortest first")),
    (index.TITLE, _("title")),
]


class SkillSelect(forms.Select):
    """Skills to choose from; those named in a language other than the reader's are marked with it."""

    languages: dict[str, str] = {}  # by value

    def create_option(self, name, value, *args, **kwargs):
        """Mark an option with the language of its words."""
        option = super().create_option(name, value, *args, **kwargs)
        if language := self.languages.get(value):
            option["attrs"]["lang"] = language
        return option


class SearchForm(forms.Form):
    """What to look for; a choice that does not exist is left out, as if it had not been made."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"max_length": _("Look for fewer words: %(limit_value)d characters at most.")},
    )  # fmt: skip
    city = forms.ChoiceField(label=_("City"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=ActivityPage.Kind)
    mode = forms.ChoiceField(label=_("Where"), required=False, choices=ActivityPage.Mode)
    starts = forms.ChoiceField(label=_("When"), required=False, choices=STARTS)
    minutes = forms.ChoiceField(label=_("How long"), required=False, choices=MINUTES)
    language = forms.ChoiceField(label=_("Taught in"), required=False)
    skill = forms.CharField(label=_("Skill"), required=False, max_length=200, widget=SkillSelect)
    label = forms.ChoiceField(
        label=_("Organiser"), required=False, choices=[(finding.LABELLED, _("holds the Quality Label"))]
    )
    order = forms.ChoiceField(label=_("Sort by"), required=False, choices=ORDERS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.TEXT_LANGUAGES
        self.fields["city"].choices = kept_part(("cities",), lambda: list(City.objects.values_list("slug", "name")))
        self.full_clean()
        for name in [name for name in self.errors if name != "q"]:
            del self.errors[name]

    def asked(self) -> dict[str, str]:
        """Return what was asked for, as it stands in an address."""
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def word_for(self, name: str) -> str:
        """Return the words for what was chosen."""
        value = self.cleaned_data[name]
        return dict(getattr(self.fields[name], "choices", ())).get(value, value)

    def offer(self, findings: Findings) -> None:
        """Say beside each choice how much it would find; leave out what finds nothing and was not chosen."""
        for name, field in self.fields.items():
            if name in {"q", "order"}:
                continue
            counts, chosen = findings.counts(name), findings.chosen.get(name)
            if name == "skill":
                often = sorted(+counts, key=lambda skill: (-counts[skill], skill))[:SKILLS_OFFERED]
                here, offered = get_language(), {*often, *filter(None, [chosen])}
                names = {skill: (skill, here) for skill in offered} | EscoLabel.objects.named(offered, here)
                field.widget.languages = {skill: spoken for skill, (_words, spoken) in names.items() if spoken != here}
                choices = sorted(((skill, words) for skill, (words, _spoken) in names.items()), key=by_words)
            else:
                choices = field.choices
            shown = [
                (value, f"{word} ({counts[value]})") for value, word in choices if counts[value] or value == chosen
            ]
            field.widget.choices = [("", _("any")), *shown]
        order = self.fields["order"]
        best = [("", _("best match first"))] if self.cleaned_data.get("q") else []
        order.widget.choices = [*best, *order.choices]


def by_words(choice) -> str:
    """Sort choices by what a reader sees of them."""
    return choice[1].casefold()


class Search:
    """One search among the activities or the playlists, for one reader."""

    model: type
    weigh: staticmethod
    name: str  # of one of them in the template of its card
    card: str

    def __init__(self, given, path: str):
        self.language = get_language()
        self.path = path
        self.form = SearchForm(given)
        self.asked = self.form.asked()
        self.distances: dict[int, tuple] = {}
        self.kept = kept_for(self.model, self.weigh, self.language)
        self.index = self.kept.index
        chosen = {name: value for name, value in self.asked.items() if name not in {"q", "order"}}
        self.findings = Findings(self.index, self._among(), chosen)

    def open_to_find(self) -> int:
        """Return the set of what can be found at all."""
        return self.index.all

    def _among(self) -> int:
        if self.form.errors:
            return 0
        if words := self.asked.get("q"):
            self.distances = distances(with_words(self.model.objects.live(), words, self.language), words)
            return self.open_to_find() & self.index.those(self.distances)
        return self.open_to_find()

    @property
    def status(self) -> int:
        return 422 if self.form.errors else 200

    @cached_property
    def found(self) -> list[Entry]:
        """What fits, in the order that was asked for; else what meets the words best, then what is newest."""
        found = self.findings.ordered(self.asked.get("order", index.NEWEST))
        if self.distances and "order" not in self.asked:
            found.sort(key=lambda one: self.distances[one.pk])
        return found

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked.keys() - {"order"}) or bool(self.form.errors)

    @property
    def is_filtered(self) -> bool:
        return bool(self.asked.keys() - {"q"})

    @property
    def query(self) -> str:
        """The search as the end of an address; empty where nothing was asked for."""
        return self._query_without("")

    def _query_without(self, name: str) -> str:
        rest = {key: value for key, value in self.asked.items() if key != name}
        return f"?{urlencode(rest)}" if rest else ""

    @property
    def chips(self) -> list[dict]:
        """What was asked for, each with the address of the same search without it."""
        return [
            {
                "thing": self.form.fields[name].label,
                "word": self.form.word_for(name),
                "url": self.path + self._query_without(name),
            }
            for name in self.asked
            if name != "order"
        ]

    def pages_of(self, entries: list[Entry]) -> list:
        """Return the pages themselves, each with its next date."""
        pages = self.with_facts().in_bulk([one.pk for one in entries])
        found = [one for one in entries if one.pk in pages]
        for one in found:
            pages[one.pk].next_at = one.next_at
        return [pages[one.pk] for one in found]

    def page(self, number, size: int, level: int = 2) -> Page:
        """Return a page of what was found as cards, each with a heading of a level."""
        page = Paginator(self.found, size).get_page(number)
        page.object_list = self.cards_of(page.object_list, level)
        return page

    def cards_of(self, entries: list[Entry], level: int) -> list[str]:
        """Return pages as cards, which are drawn once for all readers whose clocks agree."""
        names = {one.pk: (self.card, one.pk, level, get_current_timezone_name()) for one in entries}
        cards = {pk: card for pk, name in names.items() if (card := self.kept.cards.get(name))}
        drawn = {
            page.pk: render_to_string(self.card, {self.name: page, "level": level})
            for page in self.pages_of([one for one in entries if one.pk not in cards])
        }
        self.kept.keep_cards({names[pk]: card for pk, card in drawn.items()})
        return [card for one in entries if (card := cards.get(one.pk) or drawn.get(one.pk))]


class ActivitySearch(Search):
    """A search among the activities."""

    model = ActivityPage
    weigh = staticmethod(weigh_activities)
    name, card = "activity", "cms/includes/activity_card.html"

    def with_facts(self):
        """Fetch along what cards show."""
        return ActivityPage.objects.with_facts()


class PlaylistSearch(Search):
    """A search among the playlists."""

    model = PlaylistPage
    weigh = staticmethod(weigh_playlists)
    name, card = "playlist", "cms/includes/playlist_card.html"

    def with_facts(self):
        """Fetch along what cards show."""
        return PlaylistPage.objects.with_facts().with_length()


class PlaceSearch(ActivitySearch):
    """A search among the activities that stand on the map."""

    card = "cms/includes/place_card.html"

    def open_to_find(self) -> int:
        """Return the set of what can be found at all."""
        return self.index.placed

    def places(self) -> list[list]:
        """Return what was found as a map draws it: id, latitude, longitude, title."""
        return [[one.pk, *one.place, one.title] for one in self.found]
