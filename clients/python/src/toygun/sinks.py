"""Who is told of alarms and errors, and what they were told."""

from typing import Any, Iterator, List, Mapping, Optional, Sequence, cast

from .named import Named, Version, etag, name_path, uuid_path
from .requests import NULL, Requests
from .shapes import Delivery, Sink, Tested


def limit(value: Any) -> Any:
    """Nothing where it is not said, and null where it is empty."""
    if value is None:
        return None
    return (value if isinstance(value, str) else list(value)) or NULL


class Sinks:
    """Sinks, by name. Only an admin may change them."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(self) -> List[Sink]:
        """By name; at most a hundred. What is secret in their settings reads as stars."""
        return cast(List[Sink], self._requests.call("listSinks")["items"])

    def get(self, sink: Named) -> Sink:
        """One. NotFound where there is none of this name."""
        return cast(Sink, self._requests.call("getSink", name_path(sink)))

    def create(
        self,
        name: str,
        kind: str,
        settings: Optional[Mapping[str, Any]] = None,
        *,
        min_severity: Optional[str] = None,
        types: Optional[Sequence[str]] = None,
        under: Optional[Named] = None,
        active: Optional[bool] = None,
        reason: Optional[str] = None,
    ) -> Sink:
        """Makes one: "webhook", "slack", "pagerduty", "email", "log" or "sentry". BadRequest says what is wrong.

        It is told only of resources of these types, and of what is or is below that resource.
        """
        body = {
            "name": name,
            "kind": kind,
            "settings": dict(settings or {}),
            "min_severity": min_severity,
            "types": limit(types),
            "under": limit(under and uuid_path(under)["uuid"]),
            "active": active,
            "reason": reason,
        }
        return cast(Sink, self._requests.call("createSink", body=body))

    def update(
        self,
        sink: Named,
        settings: Optional[Mapping[str, Any]] = None,
        *,
        min_severity: Optional[str] = None,
        types: Optional[Sequence[str]] = None,
        under: Optional[Named] = None,
        active: Optional[bool] = None,
        if_match: Optional[Version] = None,
        reason: Optional[str] = None,
    ) -> Sink:
        """Changes what is given; settings that are not named stay, None takes one out.

        Empty types, and an empty text for `under`, take that limit out.
        """
        body = {
            "settings": dict(settings) if settings is not None else None,
            "min_severity": min_severity,
            "types": limit(types),
            "under": limit(under and uuid_path(under)["uuid"]),
            "active": active,
            "reason": reason,
        }
        path = name_path(sink)
        return cast(Sink, self._requests.call("changeSink", path, body=body, if_match=etag(if_match)))

    def delete(
        self, sink: Named, *, if_match: Optional[Version] = None, reason: Optional[str] = None
    ) -> None:
        """Removes it. What was still to be sent to it has failed then."""
        self._requests.call("deleteSink", name_path(sink), {"reason": reason}, if_match=etag(if_match))

    def test(self, sink: Named, *, reason: Optional[str] = None) -> Tested:
        """Sends it a message that says it is a test. Raises a Problem where it does not take that."""
        return cast(Tested, self._requests.call("testSink", name_path(sink), body={"reason": reason}))


class Deliveries:
    """Messages about alarms and errors."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(
        self, *, state: Optional[str] = None, page_size: Optional[int] = None
    ) -> Iterator[Delivery]:
        """The newest first: those that are "pending", "sent" or, if it is not said, "failed"."""
        query = {"state": state, "page_size": page_size}
        return self._requests.pages("listDeliveries", None, query)

    def get(self, delivery: Named) -> Delivery:
        """One. NotFound where there is none."""
        return cast(Delivery, self._requests.call("getDelivery", uuid_path(delivery)))

    def retry(self, delivery: Named, *, reason: Optional[str] = None) -> Delivery:
        """Has one tried again at once that has failed, or waits for its next try."""
        body = {"reason": reason}
        return cast(Delivery, self._requests.call("retryDelivery", uuid_path(delivery), body=body))
