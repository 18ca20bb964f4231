"""The registry of personal data: which columns hold it, why, for how long, and what erasing a person does with it.

Export, erasure and merging of a person are built on it, and a test fails when a model points at a person or
holds an address without being registered.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.apps import apps
from django.db.models import JSONField, Model, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from portal.uniting import Move, people_columns

ENDING = "@erased.invalid"


class Leaver:
    """A person who is being erased, and what takes the place of each address of theirs.

    Each address has a stand-in of its own, so that counts of people stay right and no two rows become one.
    """

    def __init__(self, person: Model) -> None:
        self.person = person
        self._stand_ins: dict[str, str] = {}

    def stand_in(self, address: str) -> str:
        """Return what takes the place of an address; nobody can tell afterwards which one it was."""
        return self._stand_ins.setdefault(address, new_stand_in())


def new_stand_in() -> str:
    """Return an address that is nobody's and never will be: the ending is reserved for that."""
    return f"{uuid.uuid4()}{ENDING}"


def is_stand_in(address: str) -> bool:
    """Say whether an address is one that took the place of somebody's."""
    return address.endswith(ENDING)


@dataclass(frozen=True)
class Delete:
    """The rows go."""

    says: ClassVar[Promise] = _("It is deleted.")
    spares_news: ClassVar[bool] = False

    def __call__(self, rows: QuerySet, leaver: Leaver) -> None:
        rows.delete()


@dataclass(frozen=True, init=False)
class Blank:
    """The rows stay, and these columns are emptied; one that points at people where it points at the leaver alone."""

    says: ClassVar[Promise] = _("It stays without what is personal in it.")
    spares_news: ClassVar[bool] = False
    columns: tuple[str, ...]

    def __init__(self, *columns: str) -> None:
        object.__setattr__(self, "columns", columns)

    def __call__(self, rows: QuerySet, leaver: Leaver) -> None:
        columns = [rows.model._meta.get_field(name) for name in self.columns]
        people = [column for column in columns if column.related_model is type(leaver.person)]
        if words := {column.name: empty(column) for column in columns if column not in people}:
            rows.update(**words)
        for column in people:
            rows.filter(**{column.name: leaver.person}).update(**{column.name: None})


@dataclass(frozen=True)
class Keep:
    """The rows stay as they are, and `says` why; people in them are shown as an erased person."""

    spares_news: ClassVar[bool] = True
    says: Promise

    def __call__(self, rows: QuerySet, leaver: Leaver) -> None:
        """Do nothing."""


AS_SHELL = Keep(_("It stays, as done by an erased person: others rely on it."))
EMPTIED = Blank.says


@dataclass(frozen=True)
class Custom:
    """What an app does itself, where the rows of one model want different things.

    What people were told about the rows is forgotten with them; with `spares_news` the app looks after that as well.
    """

    act: Callable[[QuerySet, Leaver], None]
    says: Promise
    spares_news: bool = False

    def __call__(self, rows: QuerySet, leaver: Leaver) -> None:
        self.act(rows, leaver)


@dataclass(frozen=True)
class Part:
    """A file in a person's download: where it lies in it, and how its bytes are come by."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """One model's personal columns, why they are kept, how long, and the rows that concern a person.

    `erase` is what becomes of the rows. The download shows of them the columns in `fields` and `also` but for the
    `hidden` ones, which are secrets or lie beside it as `files`; of `shown_of` alone where other rows hold the words
    of somebody else. Moments in `days` stand for the day that a document names as its last.
    """

    model: str
    label: Promise
    fields: tuple[str, ...]
    purpose: Promise
    kept: Promise
    rows_of: Callable[[Model], QuerySet]
    erase: Delete | Blank | Keep | Custom
    also: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    shown_of: Callable[[Model], QuerySet] | None = None
    files: Callable[[Model], Iterable[Part]] | None = None

    @property
    def when_erased(self) -> Promise:
        """What becomes of the rows when their person is erased; templates would call `erase` itself."""
        return self.erase.says

    @property
    def columns(self) -> list[str]:
        """The columns that the download shows."""
        return [name for name in (*self.fields, *self.also) if name not in self.hidden]

    @property
    def app(self) -> str:
        """The label of the app that the model belongs to."""
        return self.model.partition(".")[0]

    @property
    def meta(self):
        """What Django knows of the model."""
        return apps.get_model(self.model)._meta

    def shown(self, person: Model) -> QuerySet:
        """Return the rows that the download shows."""
        return (self.shown_of or self.rows_of)(person)


@dataclass(frozen=True)
class Duty:
    """Something that a person must hand over before their account can be closed."""

    title: str
    url: str
    how: str


registry: dict[str, PersonalData] = {}
duty_lists: list[Callable[[Model], Iterable[Duty]]] = []
merges: dict[str, Move] = {}


def register(model: str, *, merge: Move | None = None, **facts) -> None:
    """Declare the personal columns of a model; `rows_of(person)` is the queryset of rows about that person.

    Rows are erased in the order in which they are registered, those of upper apps first. `merge` says what becomes of
    them when two accounts become one; without it they move.
    """
    if merge:
        merges[model] = merge
    registry[model] = PersonalData(model=model, **facts)


def register_merge(model: str, merge: Move) -> None:
    """Declare what becomes of rows of somebody else's model when two accounts become one."""
    merges[model] = merge


def merge_rules() -> Iterator[tuple[type[Model], Move]]:
    """Yield each model that points at people, and what becomes of its rows when two accounts become one."""
    personal_data()
    for model in apps.get_models():
        if people_columns(model):
            yield model, merges.get(model._meta.label, Move())


def register_duties(duties_of: Callable[[Model], Iterable[Duty]]) -> Callable:
    """Name what people must hand over before they leave."""
    if duties_of not in duty_lists:
        duty_lists.append(duties_of)
    return duties_of


def personal_data() -> dict[str, PersonalData]:
    """Return the registry, filled by every app's `personal_data` module."""
    autodiscover_modules("personal_data")
    return registry


def duties_of(person: Model) -> Iterator[Duty]:
    """Yield what a person must hand over before their account can be closed."""
    personal_data()
    for listed in duty_lists:
        yield from listed(person)


def empty(column):
    """Return what stands in a column that says nothing."""
    if column.null:
        return None
    return column.get_default() if isinstance(column, JSONField) else ""
