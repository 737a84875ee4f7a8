"""JSON as it is sent, and as it is read."""

import json
import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Optional
from uuid import UUID

from .contract import FREE, TIMES

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)")


def read(text: bytes) -> Any:
    """Times as aware datetimes (to the microsecond), what users' types hold with every digit."""
    return _typed(json.loads(text, parse_float=Decimal))


def write(value: Any) -> bytes:
    """Takes also what JSON lacks. Raises TypeError for what cannot be sent."""
    return json.dumps(value, default=_plain, allow_nan=False).encode()


def time(text: str) -> Optional[datetime]:
    """None where the text is no time."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    seconds, fraction, zone = found.groups()
    offset = "+00:00" if zone == "Z" else zone
    return datetime.fromisoformat(f"{seconds}.{(fraction or '')[:6].ljust(6, '0')}{offset}")


def time_text(value: datetime) -> str:
    """Raises ValueError for a time without a zone: it could be any of twenty-four."""
    if value.utcoffset() is None:
        raise ValueError(f"{value!r} has no time zone: say which, such as timezone.utc")
    return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, timedelta):
        seconds, rest = divmod(abs(value), timedelta(seconds=1))
        sign = "-" if value < timedelta() else ""
        return f"PT{sign}{seconds}.{rest.microseconds:06d}S" if rest else int(f"{sign}{seconds}")
    if isinstance(value, (Decimal, UUID)):
        return str(value)  # A decimal as text keeps its scale.
    if isinstance(value, (set, frozenset)):
        return list(value)
    raise TypeError(f"a {type(value).__name__} cannot be sent as JSON")


def _typed(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return value if name in FREE else {key: _typed(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [one if name in FREE and not isinstance(one, dict) else _typed(one) for one in value]
    if name in FREE:
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str) and name in TIMES:
        return time(value) or value
    return value
