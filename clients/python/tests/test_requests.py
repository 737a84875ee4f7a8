"""What becomes of a request when things go wrong: against a server that answers what a test says."""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import traceback
import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from unittest import mock

import toygun
from toygun import Toygun, texts

from .scripted import Scripted

KEY = "tgk_0123456789abcdef"
ECHO = ("echo", "00000000-0000-0000-0000-000000000001")
STREAM = {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"}
QUIET = {"code": "unavailable", "detail": "the database does not answer", "trace_id": "t1"}


def stream(*lines):
    return (200, STREAM, ("\n".join(lines) + "\n\n").encode())


@mock.patch("toygun.requests.FIRST_PAUSE", 0.001)
@mock.patch("toygun.events.FIRST_PAUSE", 0.001)
class RequestsTest(unittest.TestCase):
    def client(self, server, **options):
        return Toygun(server.url, KEY, **options)

    def test_what_is_read_is_read_again(self):
        with Scripted((503, {}, QUIET), None, (429, {"Retry-After": "0"}, {}), (200, {}, {"state": "quiet"})) as server:
            self.assertEqual(self.client(server).resources.get(ECHO)["state"], "quiet")
            self.assertEqual(len(server.requests), 4)

    def test_a_change_is_sent_again_under_the_same_name(self):
        under_way = (409, {}, {"code": "in_progress", "detail": "try again soon"})
        with Scripted((503, {"Retry-After": "0"}, QUIET), None, under_way, (200, {}, {})) as server:
            self.client(server).resources.update(ECHO, {"price": Decimal("1.10")}, if_match=7)
            names = {request[2]["Idempotency-Key"] for request in server.requests}
            bodies = {request[3] for request in server.requests}
            self.assertEqual((len(server.requests), len(names)), (4, 1))
            self.assertEqual(bodies, {'{"fields": {"price": "1.10"}}'})
            self.assertEqual(server.requests[0][2]["If-Match"], '"7"')

    def test_what_is_under_way_is_asked_about_for_longer_than_there_are_tries(self):
        under_way = (409, {"Retry-After": "0"}, {"code": "in_progress", "detail": "try again soon"})
        with Scripted(*[under_way] * 9, (200, {}, {})) as server:
            self.client(server).resources.update(ECHO, {"price": Decimal("1.10")})
            self.assertEqual(len(server.requests), 10)
        with Scripted(under_way) as server, self.assertRaises(toygun.Conflict):
            self.client(server, tries=1).resources.update(ECHO, {"price": Decimal("1.10")})
        with mock.patch("toygun.requests.UNDER_WAY", 0), Scripted(under_way) as server:
            with self.assertRaises(toygun.Conflict):
                self.client(server).resources.update(ECHO, {"price": Decimal("1.10")})
            self.assertEqual(len(server.requests), 1)

    def test_a_caller_may_name_a_change(self):
        with Scripted((201, {}, {})) as server:
            self.client(server).once("order-17").resources.create("echo")
            self.assertEqual(server.requests[0][2]["Idempotency-Key"], "order-17")
            with self.assertRaises(ValueError):
                self.client(server).once("order-17").keys.create("ci", "viewer")
            self.assertEqual(len(server.requests), 1)

    def test_a_change_that_is_named_and_only_checked_stays_both(self):
        with Scripted((200, {}, {"valid": True}), (200, {}, {"valid": True})) as server:
            client = self.client(server)
            client.dry.once("order-17").resources.delete(ECHO)
            client.once("order-17").dry.resources.delete(ECHO)
            for _, path, headers, _ in server.requests:
                self.assertIn("validate_only=true", path)
                self.assertEqual(headers["Idempotency-Key"], "order-17")

    def test_what_has_no_name_is_sent_again_only_if_it_was_not_let_in(self):
        with Scripted((429, {"Retry-After": "0"}, {}), (503, {}, QUIET), (201, {}, {})) as server:
            with self.assertRaises(toygun.Unavailable):
                self.client(server).keys.create("ci", "viewer")
            self.assertEqual(len(server.requests), 2)
            self.assertNotIn("Idempotency-Key", server.requests[0][2])

    def test_tries_have_an_end(self):
        with Scripted(*[(503, {}, QUIET)] * 9) as server:
            with self.assertRaises(toygun.Unavailable) as raised:
                self.client(server, tries=3).health()
            self.assertEqual(len(server.requests), 3)
            self.assertEqual(raised.exception.trace_id, "t1")
            self.assertEqual(raised.exception.code, "unavailable")

    def test_nobody_waits_for_long_because_he_is_told_to(self):
        with Scripted((429, {"Retry-After": "60"}, {"detail": "later"})) as server:
            with self.assertRaises(toygun.RateLimited) as raised:
                self.client(server).health()
            self.assertEqual(raised.exception.retry_after, 60)

    def test_each_problem_has_its_type(self):
        kinds = {
            400: toygun.BadRequest,
            401: toygun.Unauthenticated,
            403: toygun.Denied,
            404: toygun.NotFound,
            409: toygun.Conflict,
            412: toygun.PreconditionFailed,
            422: toygun.BadRequest,
            429: toygun.RateLimited,
            500: toygun.Problem,
            504: toygun.Unavailable,
        }
        body = {"code": "c", "detail": "d", "errors": [{"pointer": "/fields/x", "detail": "no"}], "trace_id": "t"}
        for status, kind in kinds.items():
            with Scripted((status, {}, body)) as server:
                with self.assertRaises(toygun.Problem) as raised:
                    self.client(server, tries=1).health()
                self.assertIs(type(raised.exception), kind)
                self.assertEqual(raised.exception.errors[0]["pointer"], "/fields/x")
                self.assertIn("/fields/x: no", str(raised.exception))

    def test_a_page_of_a_proxy_is_a_problem_too(self):
        with Scripted((502, {}, b"<html>bad gateway")) as server:
            with self.assertRaises(toygun.Unavailable) as raised:
                self.client(server, tries=1).health()
            self.assertEqual(raised.exception.detail, "the API answered 502")

    def test_no_redirect_is_followed(self):
        with Scripted((302, {"Location": "http://localhost:1/"}, {})) as server:
            with self.assertRaises(toygun.Problem):
                self.client(server).health()
            self.assertEqual(len(server.requests), 1)

    def test_an_answer_has_to_come_in_time(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
            with self.assertRaises(toygun.Unreachable):
                Toygun(url, KEY, timeout=0.1, tries=1).health()

    def test_the_key_is_nowhere_to_be_seen(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        client = Toygun(url, KEY, tries=1)
        try:
            client.health()
        except toygun.Unreachable as e:
            shown = traceback.TracebackException.from_exception(e, capture_locals=True)
            said = "".join(shown.format()) + repr(e) + repr(client) + repr(vars(client._requests.connection))
        self.assertNotIn(KEY, said)
        with self.assertRaises(ValueError) as raised:
            Toygun(url, KEY + "\n")
        self.assertNotIn(KEY, str(raised.exception))

    def test_the_key_goes_unencrypted_to_nobody_else(self):
        for url in ("http://toygun.example", "http://10.0.0.1:8080", "http://127.0.0.1.example"):
            with self.assertRaises(ValueError):
                Toygun(url, KEY)
            Toygun(url, KEY, allow_http=True)
        for url in ("http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost", "https://toygun.example"):
            Toygun(url, KEY)
        for url in ("ftp://localhost", "localhost:8080", "https://user:secret@localhost"):
            with self.assertRaises(ValueError) as raised:
                Toygun(url, KEY)
            self.assertNotIn("secret", str(raised.exception))

    def test_url_and_key_are_found_where_up_has_left_them(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict("os.environ", {"TOYGUN_DATA": folder}):
            for name in ("TOYGUN_URL", "TOYGUN_API_KEY"):
                os.environ.pop(name, None)
            with self.assertRaises(toygun.ToygunError):
                Toygun()
            Path(folder, "api-key").write_text(KEY + "\n")
            self.assertEqual(repr(Toygun()), "Toygun('http://127.0.0.1:8080')")
            Path(folder, "url").write_text("http://127.0.0.1:1234\n")
            self.assertEqual(repr(Toygun()), "Toygun('http://127.0.0.1:1234')")
            # A folder that says where another key goes may be anybody's.
            self.assertEqual(repr(Toygun(key=KEY)), "Toygun('http://127.0.0.1:8080')")
            os.environ["TOYGUN_API_KEY"] = KEY
            self.assertEqual(repr(Toygun()), "Toygun('http://127.0.0.1:8080')")

    def test_an_answer_that_comes_a_byte_at_a_time_is_given_up(self):
        with socket.create_server(("127.0.0.1", 0)) as server:

            def dribble():
                taken, _ = server.accept()
                with taken:
                    try:
                        for byte in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20:
                            taken.sendall(bytes([byte]))
                            time.sleep(0.05)
                    except OSError:
                        pass  # It was given up.

            threading.Thread(target=dribble, daemon=True).start()
            since = time.monotonic()
            with self.assertRaises(toygun.Unreachable) as raised:
                Toygun(f"http://127.0.0.1:{server.getsockname()[1]}", KEY, timeout=0.3, tries=1).health()
            self.assertLess(time.monotonic() - since, 3)
            self.assertIn("takes too long", str(raised.exception))

    @unittest.skipUnless(shutil.which("openssl"), "there is no openssl, to make a certificate")
    def test_a_certificate_is_verified(self):
        with tempfile.TemporaryDirectory() as folder:
            key, certificate = f"{folder}/key.pem", f"{folder}/cert.pem"
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate]
                + ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
                check=True,
                capture_output=True,
            )
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            with Scripted((200, {}, {"status": "up"}), context=context) as server:
                with self.assertRaises(toygun.Unreachable):
                    self.client(server, tries=1).health()
                tls = ssl.create_default_context(cafile=certificate)
                self.assertEqual(self.client(server, tls=tls).health(), {"status": "up"})

    def test_a_list_asks_for_a_page_when_it_is_needed(self):
        pages = [
            (200, {}, {"items": [{"name": "a"}, {"name": "b"}], "next_page_token": "2"}),
            (200, {}, {"items": [{"name": "c"}], "next_page_token": None}),
        ]
        with Scripted(*pages) as server:
            types = self.client(server).types.list()
            self.assertEqual((next(types)["name"], len(server.requests)), ("a", 1))
            self.assertEqual([one["name"] for one in types], ["b", "c"])
            self.assertEqual(server.requests[1][1], "/v1/types?page_token=2")

    def test_a_stream_goes_on_behind_the_last_event(self):
        answers = [
            stream("retry: 1000", "id: e.1.1"),
            None,
            (503, {}, QUIET),
            stream("event: moved", "id: e.2.2", 'data: {"move":{"to":"quiet"}}', "", ": still here", "id: e.3.3"),
            stream("event: reset", "id: e.9.9", 'data: {"detail":"read anew"}'),
            (401, {}, {"code": "unauthenticated"}),
        ]
        with Scripted(*answers) as server:
            events = self.client(server).events.follow(resource=ECHO[1])
            self.assertEqual((len(server.requests), events.last_event_id), (1, "e.1.1"))
            first, second = next(events), next(events)
            self.assertEqual((first.kind, first.id, first.data["move"]["to"]), ("moved", "e.2.2", "quiet"))
            self.assertEqual((second.kind, second.id), ("reset", "e.9.9"))
            with self.assertRaises(toygun.Unauthenticated):
                next(events)
            behind = [request[2].get("Last-Event-ID") for request in server.requests]
            self.assertEqual(behind, [None, "e.1.1", "e.1.1", "e.1.1", "e.3.3", "e.9.9"])

    def test_a_stream_gives_up(self):
        with Scripted(stream("id: e.1.1"), *[(503, {}, QUIET)] * 50) as server:
            events = self.client(server).events.follow(patience=0.05)
            with self.assertRaises(toygun.Unavailable):
                next(events)

    def test_no_digit_is_lost(self):
        sent = {"fields": {"n": 2**63 - 1, "price": Decimal("1.10"), "for": timedelta(seconds=90), "some": {3}}}
        self.assertEqual(
            texts.write(sent), b'{"fields": {"n": 9223372036854775807, "price": "1.10", "for": 90, "some": [3]}}'
        )
        read = texts.read(b'{"fields":{"price":1.10,"at":"2030-01-31T12:00:00Z"},"seconds":{"online":1.5}}')
        self.assertEqual(str(read["fields"]["price"]), "1.10")
        self.assertEqual(read["fields"]["at"], "2030-01-31T12:00:00Z")
        self.assertIsInstance(read["seconds"]["online"], float)
        half = timedelta(seconds=-1, milliseconds=-500)
        self.assertEqual(texts.write([timedelta(milliseconds=1500), half]), b'["PT1.500000S", "PT-1.500000S"]')

    def test_times_have_a_zone(self):
        read = texts.read(b'{"at":"2030-01-31T12:00:00.123456789Z","from":"quiet","ended_at":null}')
        self.assertEqual(read["at"], datetime(2030, 1, 31, 12, 0, 0, 123456, timezone.utc))
        self.assertEqual((read["from"], read["ended_at"]), ("quiet", None))
        self.assertEqual(texts.write(read["at"]), b'"2030-01-31T12:00:00.123456Z"')
        with self.assertRaises(ValueError):
            texts.write(datetime(2030, 1, 31))


if __name__ == "__main__":
    unittest.main()
