"""The one door to foreign addresses: what people and badges name is read through here and nowhere else."""

from portal.fetching.door import answers, fetch
from portal.fetching.fetcher import Answer, Fetched
from portal.fetching.refusals import NotFetched, Refused, TooOften, Unreachable

__all__ = ["Answer", "Fetched", "NotFetched", "Refused", "TooOften", "Unreachable", "answers", "fetch"]
