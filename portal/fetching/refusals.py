"""Why nothing was fetched, in a sentence for a person."""


class NotFetched(Exception):
    """Nothing was fetched; `reason` is a sentence for a person."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


class Refused(NotFetched):
    """The portal does not go there, or does not take what lies there; asking again does not help."""


class Unreachable(NotFetched):
    """Nobody answered as a site should; asking again later may help."""


class TooOften(NotFetched):
    """The portal asked enough for now; nothing was learnt about the address."""
