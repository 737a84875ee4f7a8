"""Where the API is, who asks, and how a request gets there."""

import http.client
import os
import re
import socket
import ssl
import threading
from email.message import Message
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from typing import Callable, List, Mapping, NamedTuple, Optional, Tuple
from urllib.parse import urlsplit

from .problems import ToygunError, Unreachable

MOST_BYTES = 64 << 20
_PIECE = 1 << 16


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Message
    body: bytes


def found(url: Optional[str], key: Optional[str]) -> Tuple[str, str]:
    """Where the API is and the key, as the command line finds them.

    A folder may be anybody's, as one that was cloned: it says where its own key goes, and no other.
    """
    folder = Path(os.environ.get("TOYGUN_DATA") or ".toygun")
    given = key or os.environ.get("TOYGUN_API_KEY")
    where = url or os.environ.get("TOYGUN_URL") or ("" if given else _line(folder / "url"))
    where = where or f"http://127.0.0.1:{os.environ.get('TOYGUN_PORT') or 8080}"
    who = given or _line(folder / "api-key")
    if not who:
        raise ToygunError(
            "No API key: set TOYGUN_API_KEY, give one, or run this where `toygun up` runs "
            f"({folder.absolute()} has no api-key)"
        )
    return where, who


def _line(file: Path) -> str:
    return file.read_text("utf-8").strip() if file.exists() else ""


class Opened(NamedTuple):
    """A request whose answer has begun; the socket too, which an answer may take from its connection."""

    connection: http.client.HTTPConnection
    socket: socket.socket
    response: http.client.HTTPResponse

    def close(self) -> None:
        self.response.close()
        self.connection.close()


class Connection:
    """Opens a connection for each request: threads may share it. No proxy is asked, no redirect followed."""

    def __init__(
        self, url: str, key: str, timeout: float, tls: Optional[ssl.SSLContext], allow_http: bool
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the URL of an API is expected, such as http://127.0.0.1:8080")
        if "@" in parts.netloc:
            raise ValueError("the URL has a user in it: give the key as key= or in TOYGUN_API_KEY")
        if parts.scheme == "http" and not (_loopback(parts.hostname) or allow_http):
            raise ValueError(
                f"the key would travel unencrypted to {parts.hostname}: use https, or say allow_http=True"
            )
        if not re.fullmatch(r"[!-~]+", key):
            raise ValueError("the key has to be printable ASCII without spaces")
        self.url = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        self.timeout = timeout
        self._host, self._port, self._path = parts.hostname, parts.port, parts.path.rstrip("/")
        self._tls = (tls or ssl.create_default_context()) if parts.scheme == "https" else None
        self._authorization: Callable[[], str] = lambda: "Bearer " + key  # Nothing that could be printed.

    def __repr__(self) -> str:
        return f"Connection({self.url!r})"

    def open(
        self, method: str, target: str, headers: Mapping[str, str], body: Optional[bytes], timeout: float
    ) -> Opened:
        """Sends a request, and reads the head of its answer. Raises Unreachable where there is none."""
        timeout = min(timeout, self.timeout)
        connection: http.client.HTTPConnection
        if self._tls is not None:
            connection = http.client.HTTPSConnection(
                self._host, self._port, timeout=timeout, context=self._tls
            )
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=timeout)
        end = _End(connection, timeout)
        try:
            connection.connect()
            connection.putrequest(method, self._path + target, skip_accept_encoding=True)
            connection.putheader("Authorization", self._authorization())
            for name, value in headers.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Type", "application/json")
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            opened = Opened(connection, connection.sock, connection.getresponse())
            if not end.came():
                return opened
            opened.close()
            failed = self._unreachable(_late())
        except (OSError, http.client.HTTPException) as e:
            connection.close()
            failed = self._unreachable(_late() if end.came() else e)
        raise failed  # Not from there: who reports a cause with its variables would report the key.

    def send(
        self, method: str, target: str, headers: Mapping[str, str], body: Optional[bytes], timeout: float
    ) -> Answer:
        """The whole answer, within so many seconds. Raises Unreachable where there is none."""
        until = monotonic() + min(timeout, self.timeout)
        opened = self.open(method, target, headers, body, timeout)
        try:
            return Answer(opened.response.status, opened.response.headers, _whole(opened, until))
        except (OSError, http.client.HTTPException) as e:
            failed = self._unreachable(e)
        finally:
            opened.close()
        raise failed

    def _unreachable(self, why: Exception) -> Unreachable:
        text = f"{type(why).__name__}: {why}" if str(why) else type(why).__name__
        return Unreachable(0, "unreachable", f"no answer from the API at {self.url} ({text}); is it running?")


class _End:
    """Shuts a connection after so many seconds: the time-out of a socket begins anew with each piece."""

    def __init__(self, connection: http.client.HTTPConnection, timeout: float) -> None:
        self._connection = connection
        self._came = False
        self._timer = threading.Timer(timeout, self._shut)
        self._timer.daemon = True
        self._timer.start()

    def came(self) -> bool:
        """Whether it came; from now on it does not any more."""
        self._timer.cancel()
        return self._came

    def _shut(self) -> None:
        self._came = True
        opened = self._connection.sock
        if opened is not None:
            try:
                socket.socket.shutdown(opened, socket.SHUT_RDWR)  # Beneath TLS, which another thread reads.
            except OSError:
                pass  # It is gone already.


def _late() -> OSError:
    return socket.timeout("the answer takes too long")


def _whole(opened: Opened, until: float) -> bytes:
    pieces: List[bytes] = []
    size = 0
    while True:
        left = until - monotonic()
        if left <= 0:
            raise _late()
        opened.socket.settimeout(left)
        piece = opened.response.read1(_PIECE)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            raise http.client.HTTPException(f"an answer of more than {MOST_BYTES} bytes")


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
