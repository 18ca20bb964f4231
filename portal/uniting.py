"""What becomes of the rows about two accounts that one person proved, when they become one account."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Model


def speaks_against(kept: Model, other: Model) -> Iterable[str]:
    """Name nothing that speaks against making one account of two."""
    return ()


@dataclass(frozen=True)
class Move:
    """How rows of one account become another one's: all of them move. `check` names what speaks against it."""

    check: Callable[[Model, Model], Iterable[str]] = speaks_against

    def __call__(self, model: type[Model], kept: Model, other: Model) -> None:
        self.move(model, kept, other)

    def move(self, model: type[Model], kept: Model, other: Model, *, column: str = "", staying: Iterable = ()) -> None:
        """Point rows at the account that is kept; those that stay do not, in one column."""
        for name in people_columns(model):
            rows = model._base_manager.filter(**{name: other})
            (rows.exclude(pk__in=staying) if name == column else rows).update(**{name: kept})


@dataclass(frozen=True)
class Stay(Move):
    """The rows go on pointing at the account that was closed."""

    def __call__(self, model: type[Model], kept: Model, other: Model) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class Drop(Move):
    """The rows are of no use to another account."""

    def __call__(self, model: type[Model], kept: Model, other: Model) -> None:
        model._base_manager.filter(**{people_columns(model)[0]: other}).delete()


@dataclass(frozen=True)
class Act(Move):
    """What an app does itself."""

    act: Callable[[Model, Model], None] = speaks_against

    def __call__(self, model: type[Model], kept: Model, other: Model) -> None:
        self.act(kept, other)


@dataclass(frozen=True)
class Once(Move):
    """The rows of which a person has one alone for each value of `same`, among those that fit `among`.

    Where both accounts have one, `settle(mine, theirs)` puts things right; it says whether theirs stays where it is.
    """

    same: tuple[str, ...] = ()
    settle: Callable[[Model, Model], bool] = speaks_against
    among: tuple[tuple[str, object], ...] = ()
    column: str = "person"

    def __call__(self, model: type[Model], kept: Model, other: Model) -> None:
        rows = model._base_manager.filter(**dict(self.among))
        mine = {self.value_of(row): row for row in rows.filter(**{self.column: kept})}
        staying = []
        for row in rows.filter(**{self.column: other}).order_by("pk"):
            if (there := mine.get(self.value_of(row))) and self.settle(there, row):
                staying.append(row.pk)
        self.move(model, kept, other, column=self.column, staying=staying)

    def value_of(self, row: Model) -> tuple:
        """Return what a person has one of."""
        return tuple(getattr(row, row._meta.get_field(name).attname) for name in self.same)


def drop_theirs(mine: Model, theirs: Model) -> None:
    """Settle two rows that say the same: the second goes."""
    theirs.delete()


def people_columns(model: type[Model]) -> list[str]:
    """Return the columns of a model's own table that point at people."""
    return [field.name for field in model._meta.local_fields if field.related_model is get_user_model()]
