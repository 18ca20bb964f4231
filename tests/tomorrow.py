"""The settings of a portal whose clock runs three days ahead."""

from contextvars import ContextVar
from datetime import timedelta

from portal import clock
from portal.settings import *  # noqa: F403

clock._moved = ContextVar("moved", default=timedelta(days=3))
