"""What people who judge and lead cases hand over before they leave."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import Person
from portal.privacy import Duty, Leaver
from quality_label.models import Application, Assignment, Declaration, Hearing, PanelSeat


def cases_to_hand_over(person: Person) -> Iterator[Duty]:
    """Yield the running cases that a person leads, judges or decides: a case must not lose somebody unnoticed."""
    for case in Application.objects.under_way().filter(coordinator=person).with_words():
        how = _("You lead this case. Let another coordinator take it over.")
        yield Duty(f"{case.organiser.name}, {case.reference}", case.get_absolute_url(), how)
    for place in Assignment.objects.open().of_open_cases().filter(person=person).with_words():
        how = _("You have a place in its team. Decline it, or ask its coordinator to replace you.")
        yield Duty(f"{place.application.organiser.name}, {place.application.reference}", place.get_absolute_url(), how)
    waited_for = (
        PanelSeat.objects.open()
        .filter(person=person, voted_at=None)
        .exclude(declaration__conflict=Declaration.Conflict.EXCLUDING)
    )
    for seat in waited_for.with_words():
        how = _("You have a seat in its panel. Cast your vote before you go.")
        case = seat.application
        yield Duty(f"{case.organiser.name}, {case.reference}", case.get_absolute_url(), how)


def forget_hearings(rows: QuerySet[Hearing], leaver: Leaver) -> None:
    """Empty what was said about a person and by them; who heard others is forgotten, and the rest stays."""
    rows.filter(person=leaver.person).update(words="", answer="", reason="", person=None)
    rows.filter(opened_by=leaver.person).update(opened_by=None)
