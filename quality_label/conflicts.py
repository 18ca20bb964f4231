"""What speaks against a person in a case: what rows show before anybody is asked, and what the person says."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, ExpressionWrapper, Q
from django.db.models.fields import BooleanField
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from organisers.models import Membership
from pathways.models import Judgement
from portal.accounts.models import NetworkRole, Person
from quality_label.models import Application, Assignment, CommitteeTerm, Declaration, ExpertProfile
from quality_label.models.conflict import EXCLUDING, excluded, known_of
from quality_label.models.panel import QUORUM

SENTENCES = {
    "member": gettext_lazy("belongs to the applicant, or to what is around it"),
    "former_member": gettext_lazy("belonged to the applicant in the last three years"),
    "domain": gettext_lazy("reads mail at the domain of the applicant"),
    "city": gettext_lazy("is from the city of the applicant"),
    "reciprocal": gettext_lazy("people of the applicant judge or judged an organiser of theirs in the last year"),
    "named": gettext_lazy("is named in the application"),
    "declared": gettext_lazy("said that a conflict keeps them from this case"),
    "asked": gettext_lazy("has a part in this case already, or had one"),
    "load": gettext_lazy("has as many open cases as they take"),
    "language": gettext_lazy("has not said which languages they read"),
    "absent": gettext_lazy("is away"),
    "training": gettext_lazy("judged training of the applicant’s people"),
    "country": gettext_lazy("is from the same country"),
}

QUESTIONS = {
    "pay": (True, gettext_lazy("Are you, or were you in the last 36 months, employed or paid by the applicant?")),
    "body": (True, gettext_lazy("Do you, or did you in the last 36 months, sit in one of its bodies?")),
    "advice": (
        True,
        gettext_lazy(
            "Did you help with this application, or advise or train the applicant for money in the last 24 months?"
        ),
    ),
    "project": (False, gettext_lazy("Do you share a project or money with the applicant, or did you lately?")),
    "family": (True, gettext_lazy("Is somebody there of your family or household, or a close friend?")),
    "dispute": (True, gettext_lazy("Are you in a dispute with the applicant, or do you compete with it?")),
    "city": (True, gettext_lazy("Are you from the same city, or the same network of organisations?")),
    "other": (False, gettext_lazy("Is there anything else that a fair observer would ask about?")),
}
RULED_OUT, TIED, FREE = (
    Declaration.Conflict.EXCLUDING,
    Declaration.Conflict.MANAGEABLE,
    Declaration.Conflict.NONE,
)


def conflict_of(answers: dict) -> str:
    """Return how the answers to the eight questions are classed; `answers` holds `yes` and `words` by question."""
    said = [QUESTIONS[code][0] for code, answer in answers.items() if answer["yes"]]
    if any(said):
        return RULED_OUT
    return TIED if said else FREE


@dataclass
class Candidate:
    """Somebody who may be asked to judge: what speaks for them, ties to be agreed to, and what rules them out."""

    person: Person
    profile: ExpertProfile | None
    open_cases: int = 0
    reads: bool = False
    roles: set = field(default_factory=set)
    organisers: set = field(default_factory=set)
    ties: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    members_left: int | None = None  # for the panel, were they asked; None for who is not of it

    @property
    def is_free(self) -> bool:
        """Whether nothing is known that rules the person out."""
        return not self.rules

    @property
    def leaves_too_few(self) -> bool:
        """Whether too few of the committee would be left for the panel, were the person asked."""
        return self.members_left is not None and self.members_left < QUORUM

    def rank(self) -> tuple:
        """Return what to sort by: free people first, whom the panel can spare, who read, without ties or cases."""
        is_spared = self.members_left is not None
        weak = not self.is_free, self.leaves_too_few, not self.reads, len(self.ties), is_spared
        return *weak, self.open_cases, str(self.person)

    def reading(self, application) -> str:
        """Say whether they read the language of an application."""
        reading = _("reads %(language)s") if self.reads else _("does not read %(language)s")
        return reading % {"language": get_language_info(application.language)["name_translated"]}

    def reasons(self) -> str:
        """Return what else speaks for and against them, in words."""
        cases = ngettext("%(count)d open case", "%(count)d open cases", self.open_cases)
        said = [cases % {"count": self.open_cases} if self.open_cases else _("no open case")]
        said += [str(SENTENCES[code]) for code in self.ties]
        if self.members_left is not None:
            said.append(spared_words(self.members_left))
        return "; ".join(said)

    def against(self) -> str:
        """Return what rules them out, in words."""
        return "; ".join(str(SENTENCES[code]) for code in self.rules)


def spared_words(members_left: int) -> str:
    """Return what it means for the panel to ask somebody of the committee, in words."""
    words = ngettext(
        "is in the committee, of which %(count)d member would be left for the panel of %(quorum)d",
        "is in the committee, of which %(count)d members would be left for the panel of %(quorum)d",
        members_left,
    )
    return words % {"count": members_left, "quorum": QUORUM}


def free_members(application: Application) -> list[Person]:
    """Return who of the committee can sit on the panel of a case: without another part in it or a conflict."""
    terms = CommitteeTerm.objects.current().order_by("pk")
    people = [term.person for term in terms if term.person.is_active]
    busy = set(application.assignments.keeping_off_panel().values_list("person", flat=True))
    busy |= {application.coordinator_id} | {person for person, _code in _hits(application, known_of(people))}
    return [person for person in people if person.pk not in busy]


def uninvolved(application: Application) -> list[Person]:
    """Return who of the network can decide on an appeal: who had no part in the case, and nothing keeps from it."""
    roles = Person.objects.with_network_role("assessor") | Person.objects.with_network_role("lead_assessor")
    roles |= Person.objects.with_network_role("coordinator")
    members = {term.person_id for term in CommitteeTerm.objects.current()}
    people = list(
        Person.objects.filter(Q(pk__in=roles.values("pk")) | Q(pk__in=members), is_active=True).order_by("pk")
    )
    barred = {person for person, _code in _hits(application, known_of(people))} if people else set()
    busy = barred | application.people_with_part()
    return [one for one in people if one.pk not in busy]


def candidates(application: Application, people: Iterable[Person], *, first, last) -> list[Candidate]:
    """Weigh people for the team of an application, for the days in which they would answer; the best come first.

    The number of queries does not depend on how many they are, up to a hundred.
    """
    people = list(people)
    known = known_of(people)
    hits = _hits(application, known)
    tied = _trained(application, people)
    profiles = {one.person_id: one for one in ExpertProfile.objects.filter(person__in=people)}
    loads = _loads(people)
    asked = _asked(application)
    roles, organisers = _roles(people), _organisers(people)
    members = {person.pk for person in free_members(application)}
    found = []
    for person in people:
        profile = profiles.get(person.pk)
        one = Candidate(
            person=person,
            profile=profile,
            open_cases=loads.get(person.pk, 0),
            reads=profile is not None and application.language in profile.languages,
            roles=roles.get(person.pk, set()),
            organisers=organisers.get(person.pk, set()),
            members_left=len(members) - 1 if person.pk in members else None,
        )
        one.rules = [code for code in EXCLUDING if (person.pk, code) in hits]
        most = profile.most_cases if profile else ExpertProfile._meta.get_field("most_cases").default
        for code, holds in {
            "asked": person.pk in asked,
            "load": one.open_cases >= most,
            "language": profile is None or not profile.languages,
            "absent": profile is not None and profile.is_away(first, last),
        }.items():
            if holds:
                one.rules.append(code)
        if person.pk in tied:
            one.ties.append("training")
        if person.country == application.organiser.country:
            one.ties.append("country")
        found.append(one)
    return sorted(found, key=Candidate.rank)


def ties_of(application: Application, person: Person) -> list[str]:
    """Return the ties that rows show and that can be agreed to."""
    found = ["training"] if _trained(application, [person]) else []
    return [*found, "country"] if person.country == application.organiser.country else found


def rules_hit(application: Application, person: Person) -> list[str]:
    """Return the rules by which rows show that a person has nothing to do with a case."""
    hits = _hits(application, known_of([person]))
    return [code for code in EXCLUDING if (person.pk, code) in hits]


def barred_words(application: Application, places: Iterable[Assignment]) -> dict[int, str]:
    """Return by which rules a case is closed to people of its team by now, in words, by person; in three queries."""
    people = [place.person for place in places if place.is_invited or place.is_taken]
    hits = _hits(application, known_of(people)) if people else set()
    found: dict = {}
    for code in EXCLUDING:
        for person in people:
            if (person.pk, code) in hits:
                found.setdefault(person.pk, []).append(str(SENTENCES[code]))
    return {person: "; ".join(words) for person, words in found.items()}


def _hits(application, known) -> set:
    hits = set()
    for start in range(0, len(known), 100):
        named = {(one.person, code): excluded(code, one) for one in known[start : start + 100] for code in EXCLUDING}
        shown = {
            f"p{person}_{code}": ExpressionWrapper(condition, output_field=BooleanField())
            for (person, code), condition in named.items()
        }
        row = Application.objects.filter(pk=application.pk).values(**shown).get()
        hits |= {pair for pair in named if row[f"p{pair[0]}_{pair[1]}"]}
    return hits


def _trained(application, people) -> set:
    """Return who judged what members of the applicant handed in at an organiser of the network itself."""
    trained = Judgement.objects.filter(by__in=people, attempt__organiser__is_network=True)
    theirs = application.organiser.memberships.values("person")
    return set(trained.filter(attempt__person__in=theirs).values_list("by", flat=True))


def _loads(people) -> dict:
    places = Assignment.objects.open().of_open_cases().filter(person__in=people)
    return dict(places.order_by().values_list("person").annotate(cases=Count("application", distinct=True)))


def _asked(application) -> set:
    asked = set(application.assignments.open().values_list("person", flat=True))
    said = set(application.declarations.values_list("person", flat=True))
    return asked | said | {application.coordinator_id}


def _roles(people) -> dict:
    found: dict = {}
    for person, role in NetworkRole.objects.current().filter(person__in=people).values_list("person", "role"):
        found.setdefault(person, set()).add(role)
    return found


def _organisers(people) -> dict:
    """Return the organisers that people belong to, with what these are part of."""
    found: dict = {}
    held = Membership.objects.filter(person__in=people)
    for person, *line in held.values_list("person", "organiser", "organiser__parent", "organiser__parent__parent"):
        found.setdefault(person, set()).update(one for one in line if one)
    return found
