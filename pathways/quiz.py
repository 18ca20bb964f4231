"""The questions of a quiz, and when an answer to one is right."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from random import Random

from portal.folding import folded, unmarked

SINGLE, MULTIPLE, ORDER, SHORT, NUMERIC = "single", "multiple", "order", "short", "numeric"
TRIES = 3  # before each pause


@dataclass(frozen=True)
class Option:
    """One answer, with an id that is the same in every language."""

    id: str
    text: str
    is_correct: bool = True


@dataclass(frozen=True)
class Question:
    """One question of a quiz, with an id that is the same in every language.

    An answer is the id of an option (single), a list of ids (multiple), all ids in their order (order), words (short)
    or a number (numeric).
    """

    number: int
    id: str
    kind: str
    text: str
    explanation: str = ""
    options: tuple[Option, ...] = ()
    words: tuple[str, ...] = ()
    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""

    @property
    def title(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def right_ids(self) -> list[str]:
        """The ids of the right options, in the order of their author."""
        return [option.id for option in self.options if option.is_correct]

    def right_answer(self):
        """Return an answer that is right."""
        match self.kind:
            case "single":
                return self.right_ids[0]
            case "multiple" | "order":
                return self.right_ids
            case "short":
                return self.words[0]
        return str(self.value)

    def shuffled(self, seed: str) -> list[Option]:
        """Return the options in an order that stays the same for a seed; never in the right one where that counts."""
        options = list(self.options)
        dice = Random(f"{seed}:{self.id}")  # noqa: S311 no secret: the same page is drawn again after a refused form
        dice.shuffle(options)
        while self.kind == ORDER and len(options) > 1 and [one.id for one in options] == self.right_ids:
            dice.shuffle(options)
        return options

    def is_right(self, answer) -> bool:
        """Say whether an answer is right; what is no answer at all is wrong."""
        match self.kind:
            case "single":
                return answer in self.right_ids
            case "multiple":
                return isinstance(answer, list) and set(answer) == set(self.right_ids)
            case "order":
                return answer == self.right_ids
            case "short":
                return isinstance(answer, str) and plain(answer) in {plain(word) for word in self.words}
            case _:
                return is_near(answer, self.value, self.tolerance)


def question_of(number: int, block) -> Question:
    """Return the question that a block of the quiz field holds."""
    value, facts = block.value, {}
    if block.block_type in {SINGLE, MULTIPLE}:
        facts["options"] = tuple(
            Option(child.id, child.value["text"], child.value["is_correct"]) for child in value["options"].bound_blocks
        )
    elif block.block_type == ORDER:
        facts["options"] = tuple(Option(child.id, child.value) for child in value["items"].bound_blocks)
    elif block.block_type == SHORT:
        facts["words"] = tuple(value["answers"])
    else:
        facts |= {"value": value["value"], "tolerance": value["tolerance"], "unit": value["unit"]}
    return Question(number, block.id, block.block_type, value["question"], value["explanation"], **facts)


def plain(words: str) -> str:
    """Return words without what nobody means by them: capitals, accents, spaces too many, a full stop at the end."""
    return unmarked(folded(words)).rstrip(" .!")


def is_near(answer, value: Decimal, tolerance: Decimal) -> bool:
    """Say whether a number, as text or not, lies within the tolerance of another."""
    try:
        return abs(Decimal(str(answer)) - value) <= tolerance
    except (InvalidOperation, TypeError):
        return False
