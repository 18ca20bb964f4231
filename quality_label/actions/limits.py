"""How much an action takes: as long as its fields are, as many as there are; forms say it first, beside the field."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.workflow import StepRefused
from quality_label.conflicts import QUESTIONS

SAY_WHY = gettext_lazy("Say why.")
IN_WORDS = gettext_lazy("Say it in words; the other side reads it.")
LONGEST_TIE = 300  # characters on one of the eight questions


def refuse_overlong(model, **texts: str) -> None:
    """Raise StepRefused where a text is longer than its field of a model."""
    for name, text in texts.items():
        refuse_longer(text, model._meta.get_field(name).max_length)


def want_words(model, reason=IN_WORDS, **texts: str) -> None:
    """Raise StepRefused, for a reason, where a text that a model keeps is missing; and where it is too long."""
    if not all(text.strip() for text in texts.values()):
        raise StepRefused([reason])
    refuse_overlong(model, **texts)


def refuse_longer(text: str, most: int) -> None:
    """Raise StepRefused where a text has more characters."""
    if len(text) > most:
        said = _("A text has %(found)d characters. It can have %(most)d at most.")
        raise StepRefused([said % {"found": len(text), "most": most}])


def refuse_more(things: Collection, most: int) -> None:
    """Raise StepRefused where there are more things."""
    if len(things) > most:
        said = _("There are %(found)d of these. There can be %(most)d at most.")
        raise StepRefused([said % {"found": len(things), "most": most}])


def refuse_others(chosen: Iterable, offered: Collection) -> None:
    """Raise StepRefused where something is chosen or ticked that is not offered, or twice."""
    chosen = list(chosen)
    if len(set(chosen)) < len(chosen) or set(chosen) - set(offered):
        raise StepRefused([_("Something that was chosen is not offered here, or was chosen twice.")])


def refuse_unfit_answers(answers: dict) -> None:
    """Raise StepRefused where the answers to the eight questions are not eight, or too long."""
    if set(answers) != set(QUESTIONS):
        raise StepRefused([_("Answer each of the eight questions.")])
    for answer in answers.values():
        refuse_longer(answer["words"], LONGEST_TIE)
