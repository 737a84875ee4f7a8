"""API keys, and what was asked for with them. For an admin; an auditor may read."""

from datetime import datetime
from typing import Iterator, Optional, Sequence, cast

from .named import Named, uuid_path
from .requests import Requests
from .shapes import Audited, Key, MadeKey


class Audit:
    """Who changed something, and who was not allowed to."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(
        self,
        *,
        actor: Optional[str] = None,
        action: Optional[str] = None,
        subject: Optional[Named] = None,
        outcome: Optional[str] = None,
        since: Optional[datetime] = None,
        until: Optional[datetime] = None,
        page_size: Optional[int] = None,
    ) -> Iterator[Audited]:
        """The newest first: what "key:NAME" asked for, of an operation, of a thing, "allowed" or "denied".

        since: from this moment on; until: before this one.
        """
        query = {
            "actor": actor,
            "action": action,
            "subject": uuid_path(subject)["uuid"] if subject is not None else None,
            "outcome": outcome,
            "since": since,
            "until": until,
            "page_size": page_size,
        }
        return self._requests.pages("listAudit", None, query)


class Keys:
    """API keys."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests

    def list(self, *, page_size: Optional[int] = None) -> Iterator[Key]:
        """All of them, without what only their owners know."""
        return self._requests.pages("listKeys", None, {"page_size": page_size})

    def create(
        self,
        name: str,
        role: str,
        *,
        types: Optional[Sequence[str]] = None,
        under: Optional[str] = None,
        expires_at: Optional[datetime] = None,
        reason: Optional[str] = None,
    ) -> MadeKey:
        """Makes one, limited to resources of these types and to what is below (and is) the one with the uuid `under`, if there are any. The answer has the key itself under "key", this once: do not print it whole.

        It cannot be sent again where there was no answer (Unreachable): look whether there is one of this
        name, revoke it, and make another.
        """
        limit = list(types) if types is not None else None
        body = {"name": name, "role": role, "types": limit, "under": under, "expires_at": expires_at, "reason": reason}
        return cast(MadeKey, self._requests.call("createKey", body=body))

    def revoke(self, key: Named, *, reason: Optional[str] = None) -> Key:
        """Ends one; it is refused everywhere within 5 s. Not sent again where there was no answer."""
        return cast(Key, self._requests.call("revokeKey", uuid_path(key), body={"reason": reason}))
