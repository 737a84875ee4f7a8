"""Resources, and the types that they are of."""

from datetime import datetime
from itertools import islice
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, cast

from .named import NamedResource, Version, etag, resource_path
from .problems import Conflict, Ended, NotFound
from .requests import Requests
from .shapes import (
    Availability,
    Explanation,
    Hold,
    Move,
    Plan,
    Resource,
    ResourceSummary,
    Signal,
    TreeItem,
    Type,
)
from .texts import read, write
from .waiting import wait

# More than a person reads in a message are not named.
_MOST_NAMED = 6


class Types:
    """The types that workers have published."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(self) -> Iterator[Type]:
        """Each in its newest version, by name."""
        return self._requests.pages("listTypes", None, {})

    def get(self, name: str, *, version: Optional[int] = None) -> Type:
        """One, in its newest version or another. NotFound where no worker has published it."""
        return cast(Type, self._requests.call("getType", {"type": name}, {"version": version}))


class Resources:
    """Resources. A method that takes one takes what the API gave of it, or (type, uuid).

    Each raises NotFound where there is no such resource; what changes one raises Conflict where things
    are not as that needs them (it has ended, it is on its way down), BadRequest where fields or a state
    do not fit its type, and PreconditionFailed where it is not at the version of if_match any more.
    """

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def create(
        self,
        type: str,
        fields: Optional[Mapping[str, Any]] = None,
        *,
        label: Optional[str] = None,
        parent: Optional[NamedResource] = None,
        adopt: Optional[str] = None,
        reason: Optional[str] = None,
    ) -> Resource:
        """Makes a resource, or takes over one that exists outside and is in the state `adopt`.

        Conflict where one of this label is there already; BadRequest where the fields do not fit.
        """
        body = {
            "label": label,
            "parent": resource_path(parent)["uuid"] if parent is not None else None,
            "fields": dict(fields or {}),
            "adopt": True if adopt is not None else None,
            "state": adopt,
            "reason": reason,
        }
        return cast(Resource, self._requests.call("createResource", {"type": type}, body=body))

    def get(self, resource: NamedResource) -> Resource:
        """What it is, what hangs off it, and what can be done with it."""
        return cast(Resource, self._requests.call("getResource", resource_path(resource)))

    def list(
        self,
        type: str,
        *,
        label: Optional[str] = None,
        state: Optional[str] = None,
        parent: Optional[NamedResource] = None,
        availability: Optional[str] = None,
        fields: Optional[Mapping[str, Any]] = None,
        uuid_prefix: Optional[str] = None,
        order_by: Optional[str] = None,
        ended: Optional[bool] = None,
        page_size: Optional[int] = None,
    ) -> Iterator[ResourceSummary]:
        """Those of a type of which all that is given holds; also those that have ended, with ended=True.

        uuid_prefix: what their uuid begins with, six digits or more.
        order_by: "created_at", "created_at desc", "label" or "label desc".
        """
        at = resource_path(parent)["uuid"] if parent is not None else None
        given = {"label": label, "state": state, "parent": at, "availability": availability}
        filters = [f"{name}={value}" for name, value in given.items() if value is not None]
        filters += [f"fields.{name}={_filtered(value)}" for name, value in (fields or {}).items()]
        query = {
            "filter": filters,
            "uuid_prefix": uuid_prefix,
            "order_by": order_by,
            "ended": ended,
            "page_size": page_size,
        }
        return self._requests.pages("listResources", {"type": type}, query)

    def find(self, type: str, label: str, *, parent: Optional[NamedResource] = None) -> Resource:
        """The one of this label that has not ended. A label is its own below its parent only.

        NotFound for none; Conflict for more than one, which it names.
        """
        found = [*islice(self.list(type, label=label, parent=parent, page_size=_MOST_NAMED), _MOST_NAMED)]
        if not found:
            below = f' below {resource_path(parent)["uuid"]}' if parent is not None else ""
            raise NotFound(404, "not_found", f'there is no {type} labelled "{label}"{below} that has not ended')
        if len(found) > 1:
            others = "" if len(found) < _MOST_NAMED else " and maybe others"
            raise Conflict(
                409,
                "ambiguous",
                f'more than one {type} is labelled "{label}", under different parents: say which parent, '
                f'or name it by its uuid, of {", ".join(map(_named, found))}{others}',
            )
        return self.get(found[0])

    def counts(self, type: str) -> Dict[str, int]:
        """How many active ones are in each state, at most 10 s old."""
        query = {"counts": True, "page_size": 1}
        page = self._requests.call("listResources", {"type": type}, query)
        return cast(Dict[str, int], page["counts"])

    def update(
        self,
        resource: NamedResource,
        fields: Mapping[str, Any],
        *,
        if_match: Optional[Version] = None,
        reason: Optional[str] = None,
    ) -> Resource:
        """Sets fields; None takes one away. With if_match, only if nobody else has changed it."""
        return self._changed("changeResource", resource, {"fields": dict(fields), "reason": reason}, if_match)

    def delete(
        self,
        resource: NamedResource,
        *,
        plan: Optional[str] = None,
        if_match: Optional[Version] = None,
        reason: Optional[str] = None,
    ) -> Resource:
        """Asks it to go; its tasks and children end first. Wait for that with wait(…, ended=True).

        plan: the "plan" of plan(); it goes only if it would still take down just that.
        """
        path = resource_path(resource)
        query = {"reason": reason, "plan": plan}
        answer = self._requests.call("deleteResource", path, query, if_match=etag(if_match))
        return cast(Resource, answer)

    def plan(self, resource: NamedResource) -> Plan:
        """What it would take with it if it were deleted; changes nothing."""
        body = {"action": "delete"}
        return cast(Plan, self._requests.call("planResource", resource_path(resource), body=body))

    def rewind(
        self,
        resource: NamedResource,
        *,
        state: Optional[str] = None,
        step: Optional[int] = None,
        fresh: Optional[bool] = None,
        if_match: Optional[Version] = None,
        reason: Optional[str] = None,
    ) -> Resource:
        """Puts it back into a state, or a step, that it was in; `fresh` makes anew what it makes outside."""
        body = {"state": state, "step": step, "fresh": fresh, "reason": reason}
        return self._changed("rewindResource", resource, body, if_match)

    def retry(
        self,
        resource: NamedResource,
        *,
        if_match: Optional[Version] = None,
        reason: Optional[str] = None,
    ) -> Resource:
        """Sends one that has panicked back to the state it panicked in."""
        return self._changed("retryResource", resource, {"reason": reason}, if_match)

    def restart(
        self,
        resource: NamedResource,
        *,
        force: Optional[bool] = None,
        if_match: Optional[Version] = None,
        reason: Optional[str] = None,
    ) -> Resource:
        """Restarts it; with `force` also where it was restarted as often as its type allows."""
        body = {"force": force, "reason": reason}
        return self._changed("restartResource", resource, body, if_match)

    def tick(self, resource: NamedResource, *, reason: Optional[str] = None) -> Resource:
        """Has it looked at now."""
        return self._changed("tickResource", resource, {"reason": reason}, None)

    def signal(
        self,
        resource: NamedResource,
        type: str,
        fields: Optional[Mapping[str, Any]] = None,
        *,
        reason: Optional[str] = None,
    ) -> Signal:
        """Sends it a signal, which is kept until its code consumes it."""
        body = {"type": type, "fields": dict(fields or {}), "reason": reason}
        return cast(Signal, self._requests.call("signalResource", resource_path(resource), body=body))

    def hold(self, resource: NamedResource, *, reason: str, until: Optional[datetime] = None) -> Hold:
        """Puts it, its tasks and all below it on hold, until a time (an aware datetime) or for good."""
        body = {"reason": reason, "until": until}
        return cast(Hold, self._requests.call("holdResource", resource_path(resource), body=body))

    def release(self, resource: NamedResource, *, reason: Optional[str] = None) -> List[Hold]:
        """Releases all holds of just this resource and what is below it; gives those that it had."""
        body = {"reason": reason}
        answer = self._requests.call("releaseResource", resource_path(resource), body=body)
        return cast(List[Hold], answer["items"])

    def abandon(
        self, resource: NamedResource, *, reason: str, if_match: Optional[Version] = None
    ) -> Hold:
        """Ends it and all below it without running its code: what that made outside stays. For admins."""
        path = resource_path(resource)
        body = {"reason": reason}
        answer = self._requests.call("abandonResource", path, body=body, if_match=etag(if_match))
        return cast(Hold, answer)

    def reveal(self, resource: NamedResource, field: str, *, reason: str) -> Any:
        """What a secret field holds, for a secret-reader. Not sent again where there was no answer."""
        body = {"field": field, "reason": reason}
        return self._requests.call("revealResource", resource_path(resource), body=body)["value"]

    def history(
        self,
        resource: NamedResource,
        *,
        order_by: Optional[str] = None,
        page_size: Optional[int] = None,
    ) -> Iterator[Move]:
        """Its moves, from the first one on, or from the last one back with order_by="step desc"."""
        query = {"order_by": order_by, "page_size": page_size}
        return self._requests.pages("resourceHistory", resource_path(resource), query)

    def tree(
        self, resource: NamedResource, *, page_size: Optional[int] = None
    ) -> Iterator[TreeItem]:
        """It and everything active below it, each before what is below it."""
        return self._requests.pages("resourceTree", resource_path(resource), {"page_size": page_size})

    def explain(self, resource: NamedResource) -> Explanation:
        """Why it and its active tasks wait, and what keeps what they wait for; no items of one that has ended."""
        return cast(Explanation, self._requests.call("explainResource", resource_path(resource)))

    def availability(
        self, resource: NamedResource, *, days: Optional[int] = None
    ) -> Availability:
        """Whether it answers, and how long it did, of so many days (30)."""
        answer = self._requests.call("getAvailability", resource_path(resource), {"days": days})
        return cast(Availability, answer)

    def wait(
        self,
        resource: NamedResource,
        *,
        state: Optional[str] = None,
        availability: Optional[str] = None,
        ended: bool = False,
        until: Optional[Callable[[Resource], bool]] = None,
        timeout: float = 60.0,
    ) -> Resource:
        """Waits until all of this is so: a state, an availability, that it has ended, what `until` says.

        Looks at once, whenever it moves, and every 2 s. Raises Ended if it has ended and so never will
        be, and WaitedTooLong after `timeout` seconds, or up to 5 s later where a look is under way then.
        An API that is away meanwhile is waited for.
        """
        path = resource_path(resource)

        def so(now: Resource) -> bool:
            return (
                (state is None or (now["active"] and now["state"] == state))
                and (availability is None or now["availability"] == availability)
                and (not ended or not now["active"])
                and (until is None or until(now))
            )

        def look(within: float) -> Resource:
            return cast(Resource, self._requests.call("getResource", path, within=within))

        def words(now: Resource) -> str:
            how = f'is {now["state"]}, its availability {now["availability"]}' if now["active"] else "has ended"
            return f'{now["type"]} "{now["label"]}" {how}'

        def over(now: Resource) -> None:
            if not now["active"]:
                raise Ended(words(now) + ": it will never be what was waited for", now)

        return wait(self._requests, lambda now: now["uuid"], look, so, over, words, timeout)

    def _changed(
        self, name: str, resource: NamedResource, body: Mapping[str, Any], if_match: Optional[Version]
    ) -> Resource:
        answer = self._requests.call(name, resource_path(resource), body=body, if_match=etag(if_match))
        return cast(Resource, answer)


def _named(one: ResourceSummary) -> str:
    parent = f' of {one["parent_type"]}/{one["parent_label"]}' if one["parent_label"] is not None else ""
    return f'{one["type"]}/{one["label"]}{parent} {one["uuid"]}'


def _filtered(value: Any) -> str:
    """As a filter has it: text needs no quotes, all else is as in a body."""
    told = value if isinstance(value, str) else read(write(value))
    return told if isinstance(told, str) else write(told).decode()
