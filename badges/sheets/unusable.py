"""The refusal of a file, by code and facts; the sentence is found where the reader's language is known."""


class Unusable(Exception):
    """A file breaks one of our rules."""

    def __init__(self, code: str, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts
