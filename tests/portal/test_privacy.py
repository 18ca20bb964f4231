"""No personal column without its entry in the registry."""

from django.apps import apps
from django.conf import settings
from django.db import models

from portal.accounts.models import Person
from portal.privacy import personal_data

# Other people's tables: what they hold about a person is Wagtail's editorial record.
FOREIGN = ("wagtail.", "wagtail_localize.", "django.", "taggit.")


def looks_personal(field):
    """Say whether a column points at a person or holds an address."""
    if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField):
        return field.related_model is Person
    return isinstance(field, models.EmailField) or field.name in {"recipient_name", "person_name", "ip", "user_agent"}


def test_every_personal_column_is_registered_with_purpose_and_time():
    registry = personal_data()
    missing = [
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if not model.__module__.startswith((*FOREIGN, "tests."))
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if looks_personal(field)
        and field.name not in getattr(registry.get(f"{model._meta.app_label}.{model.__name__}"), "fields", ())
    ]

    assert missing == []


def test_registered_columns_exist():
    for label, entry in personal_data().items():
        model = apps.get_model(label)
        for name in entry.fields:
            model._meta.get_field(name)
        for name in [*entry.also, *entry.hidden]:
            model._meta.get_field(name)
        assert entry.label
        assert entry.purpose
        assert entry.kept


def test_every_entry_says_what_erasing_does_with_its_rows():
    unsaid = [
        label for label, entry in personal_data().items() if not (callable(entry.erase) and str(entry.erase.says))
    ]

    assert unsaid == []


def test_rows_of_a_person_can_be_asked_for_everywhere(db):
    person = Person.objects.create_user("ona@example.org", None, name="Ona", country="LT")

    rows = {label: list(entry.rows_of(person)) for label, entry in personal_data().items()}

    assert rows["accounts.Person"] == [person]
    assert settings.AUTH_USER_MODEL in rows
