"""A client of Toygun's HTTP API, on the standard library alone."""

from .client import Toygun
from .events import Event, EventStream
from .problems import (
    BadRequest,
    Conflict,
    Denied,
    Ended,
    NotFound,
    PreconditionFailed,
    Problem,
    RateLimited,
    ToygunError,
    Unauthenticated,
    Unavailable,
    Unreachable,
    WaitedTooLong,
)

__all__ = [
    "BadRequest",
    "Conflict",
    "Denied",
    "Ended",
    "Event",
    "EventStream",
    "NotFound",
    "PreconditionFailed",
    "Problem",
    "RateLimited",
    "Toygun",
    "ToygunError",
    "Unauthenticated",
    "Unavailable",
    "Unreachable",
    "WaitedTooLong",
]
