"""The client."""

import ssl
from typing import Any, Dict, Optional, cast

from . import texts
from .alarms import Alarms, Errors
from .bulk import BulkRuns
from .connection import Connection, found
from .events import Events
from .breakers import Breakers
from .holds import Holds
from .keys import Audit, Keys
from .problems import Unavailable
from .queues import Queues, Usage, Workers
from .repairs import Repairs
from .requests import Requests, refused
from .resources import Resources, Types
from .shapes import Health, Ready
from .sinks import Deliveries, Sinks
from .tasks import Tasks


class Toygun:
    """A Toygun, over its HTTP API. Threads may share it.

    url: where the API is; else TOYGUN_URL, else what `toygun up` says in TOYGUN_DATA (./.toygun) where the
        key is from there too, else http://127.0.0.1 at TOYGUN_PORT (8080).
    key: an API key; else TOYGUN_API_KEY, else the one that `toygun up` has left in TOYGUN_DATA.
    timeout: after how many seconds without a whole answer a try is given up.
    tries: how often a request is sent at most, where that is safe; a change that is under way already is
        asked about for longer, unless it is 1.
    tls: how the API's certificate is verified, such as ssl.create_default_context(cafile=…) for a CA of
        your own; else by the CAs of the system.
    allow_http: whether the key may travel unencrypted to another machine.

    Raises ToygunError where there is no key, ValueError where the url or the key can be none.
    """

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[str] = None,
        *,
        timeout: float = 35.0,
        tries: int = 5,
        tls: Optional[ssl.SSLContext] = None,
        allow_http: bool = False,
    ) -> None:
        if tries < 1 or timeout <= 0:
            raise ValueError("tries and timeout: more than 0 is expected")
        where, who = found(url, key)
        self._with(Requests(Connection(where, who, timeout, tls, allow_http), tries))

    def _with(self, requests: Requests) -> "Toygun":
        self._requests = requests
        self.types = Types(requests)
        self.resources = Resources(requests)
        self.tasks = Tasks(requests)
        self.events = Events(requests)
        self.alarms = Alarms(requests)
        self.errors = Errors(requests)
        self.holds = Holds(requests)
        self.breakers = Breakers(requests)
        self.repairs = Repairs(requests)
        self.bulk = BulkRuns(requests)
        self.queues = Queues(requests)
        self.workers = Workers(requests)
        self.usage = Usage(requests)
        self.sinks = Sinks(requests)
        self.deliveries = Deliveries(requests)
        self.keys = Keys(requests)
        self.audit = Audit(requests)
        return self

    def __repr__(self) -> str:
        return f"Toygun({self._requests.connection.url!r})"

    @property
    def dry(self) -> "Toygun":
        """The same, whose changes are only checked: a method returns if it could be done, and raises if not.

        What it returns is {"valid": True} then. ValueError, before anything is sent, for what the API
        cannot check so.
        """
        asks = self._requests
        return Toygun.__new__(Toygun)._with(Requests(asks.connection, asks.tries, True, asks.once))

    def once(self, key: str) -> "Toygun":
        """The same, for one change, which is carried out once within a day however often it is asked for.

        key: a name for it that you keep, so that it means the same after your program was started anew.
        Without this each call has a name of its own, by which only its own tries are one.
        """
        if not key or len(key) > 200 or not key.isascii() or not key.isprintable():
            raise ValueError("once: 1 to 200 printable characters of ASCII are expected")
        asks = self._requests
        return Toygun.__new__(Toygun)._with(Requests(asks.connection, asks.tries, asks.dry, key))

    def health(self) -> Health:
        """Whether the process answers."""
        return cast(Health, self._requests.call("health"))

    def ready(self) -> Ready:
        """Whether it can do its work, and what is missing if not. Asks once."""
        connection = self._requests.connection
        answer = connection.send("GET", "/ready", {"Accept": "application/json"}, None, connection.timeout)
        if answer.status not in (200, 503):
            raise refused(answer)
        try:
            return cast(Ready, texts.read(answer.body))
        except ValueError as e:
            raise Unavailable(answer.status, "", f"the API answered {answer.status}") from e

    def contract(self) -> Dict[str, Any]:
        """The OpenAPI document that the API serves."""
        return cast(Dict[str, Any], self._requests.call("contract"))
