"""The client against the contract: each operation is reached, and nothing is sent that it does not have."""

import json
import re
import unittest
from datetime import datetime, timezone
from email.message import Message
from urllib.parse import parse_qsl, unquote, urlsplit

from toygun import Toygun, ToygunError
from toygun.connection import Answer

NOW = datetime(2030, 1, 31, 12, tzinfo=timezone.utc)
R = {"type": "echo", "uuid": "00000000-0000-0000-0000-000000000001", "version": 3}
BECAUSE = {"reason": "why"}
CHANGE = {"reason": "why", "if_match": R}
REWIND = {"state": "s", "step": 1, "fresh": True, **CHANGE}
BULK = {
    "filter": ["state=up"],
    "task": "say",
    "args": {"a": 1},
    "signal": "go",
    "fields": {"a": 1},
    "rate": "10/s",
    "canary": 5,
    "watch": 60,
    "halt_after": 3,
    "halt_share": 5,
}

# Every method that sends something, with all that it takes.
CALLS = [
    lambda t: t.health(),
    lambda t: t.ready(),
    lambda t: t.contract(),
    lambda t: list(t.types.list()),
    lambda t: t.types.get("echo", version=1),
    lambda t: list(
        t.resources.list(
            "echo", label="x", fields={"a": 1}, uuid_prefix="0190f3", order_by="label", ended=True, page_size=5
        )
    ),
    lambda t: t.resources.counts("echo"),
    lambda t: t.resources.create("echo", {"text": "x"}, label="x", parent=R, adopt="quiet", **BECAUSE),
    lambda t: t.resources.get(R),
    lambda t: t.resources.update(R, {"text": None}, **CHANGE),
    lambda t: t.resources.delete(R, plan="x", **CHANGE),
    lambda t: t.resources.plan(R),
    lambda t: t.resources.rewind(R, **REWIND),
    lambda t: t.resources.retry(R, **CHANGE),
    lambda t: t.resources.restart(R, force=True, **CHANGE),
    lambda t: t.resources.tick(R, **BECAUSE),
    lambda t: t.resources.signal(R, "go", {"a": 1}, **BECAUSE),
    lambda t: t.resources.hold(R, until=NOW, **BECAUSE),
    lambda t: t.resources.release(R, **BECAUSE),
    lambda t: t.resources.abandon(R, **CHANGE),
    lambda t: t.resources.reveal(R, "token", **BECAUSE),
    lambda t: list(t.resources.history(R, order_by="step desc", page_size=5)),
    lambda t: list(t.resources.tree(R, page_size=5)),
    lambda t: t.resources.explain(R),
    lambda t: t.resources.availability(R, days=2),
    lambda t: list(t.tasks.list(R, page_size=5)),
    lambda t: list(
        t.tasks.runs(type="echo", task="say", status="running", since=NOW, until=NOW, page_size=5)
    ),
    lambda t: t.tasks.get(R),
    lambda t: t.tasks.explain(R),
    lambda t: t.tasks.start(R, "say", {"a": 1}, **BECAUSE),
    lambda t: t.tasks.stop(R, **CHANGE),
    lambda t: t.tasks.abort(R, **CHANGE),
    lambda t: t.tasks.approve(R, **CHANGE),
    lambda t: t.tasks.retry(R, **CHANGE),
    lambda t: t.tasks.rewind(R, **REWIND),
    lambda t: t.tasks.signal(R, "go", {"a": 1}, **BECAUSE),
    lambda t: t.tasks.reveal(R, "token", **BECAUSE),
    lambda t: list(t.tasks.history(R, order_by="step desc", page_size=5)),
    lambda t: t.events.follow(resource=R, last_event_id="e.1.2"),
    lambda t: list(t.alarms.list(resource=R, state="open", closed=True, page_size=5)),
    lambda t: t.alarms.counts(),
    lambda t: t.alarms.get(R),
    lambda t: list(t.alarms.history(R, order_by="step desc", page_size=5)),
    lambda t: t.alarms.ack(R, until=NOW, **CHANGE),
    lambda t: t.alarms.snooze(R, until=NOW, **CHANGE),
    lambda t: t.alarms.lift(R, until=NOW, **CHANGE),
    lambda t: t.alarms.ignore(R, **CHANGE),
    lambda t: t.alarms.unignore(R, **CHANGE),
    lambda t: t.alarms.close(R, **CHANGE),
    lambda t: list(t.errors.list(resource=R, kind="k", stack_hash="h", page_size=5)),
    lambda t: t.errors.get(R),
    lambda t: t.errors.groups(hours=2, most=5),
    lambda t: t.holds.list(),
    lambda t: t.breakers.list(),
    lambda t: t.breakers.open("ledger", until=NOW, **BECAUSE),
    lambda t: t.breakers.close("ledger", **BECAUSE),
    lambda t: t.repairs.list(),
    lambda t: t.repairs.promote("echo", "say", **BECAUSE),
    lambda t: t.queues.list(),
    lambda t: t.workers.list(),
    lambda t: t.usage.get(by="tree", since="2h", under=R, most=5),
    lambda t: t.holds.create("type", name="echo", resource=R, until=NOW, **BECAUSE),
    lambda t: t.holds.release(R, **BECAUSE),
    lambda t: list(t.bulk.list(page_size=5)),
    lambda t: t.bulk.create("echo", "start", **BULK, **BECAUSE),
    lambda t: t.bulk.get(R),
    lambda t: list(t.bulk.items(R, result="failed", page_size=5)),
    lambda t: t.bulk.pause(R, **BECAUSE),
    lambda t: t.bulk.resume(R, **BECAUSE),
    lambda t: t.bulk.cancel(R, **BECAUSE),
    lambda t: t.sinks.list(),
    lambda t: t.sinks.get("ops"),
    lambda t: t.sinks.create("ops", "log", {"a": 1}, min_severity="info", types=["echo"], under=R, active=True, **BECAUSE),
    lambda t: t.sinks.update("ops", {"a": 1}, min_severity="info", types=["echo"], under=R, active=True, **CHANGE),
    lambda t: t.sinks.delete("ops", **CHANGE),
    lambda t: t.sinks.test("ops", **BECAUSE),
    lambda t: list(t.deliveries.list(state="sent", page_size=5)),
    lambda t: t.deliveries.get(R),
    lambda t: t.deliveries.retry(R, **BECAUSE),
    lambda t: list(
        t.audit.list(actor="key:a", action="a", subject=R, outcome="denied", since=NOW, until=NOW, page_size=5)
    ),
    lambda t: list(t.keys.list(page_size=5)),
    lambda t: t.keys.create("ci", "viewer", types=["echo"], under=R["uuid"], expires_at=NOW, **BECAUSE),
    lambda t: t.keys.revoke(R, **BECAUSE),
]

# What the contract has and the client never sends, with the reason.
NOT_REACHED = {}
NOT_SENT = {
    "If-None-Match": "it only saves a body, and the caller would have to keep the last one",
}


class Sent:
    """Takes the place of a connection, and notes what is sent."""

    url = "http://nowhere"
    timeout = 1.0

    def __init__(self):
        self.all = []

    def send(self, method, target, headers, body, timeout):
        self.all.append((method, target, dict(headers), json.loads(body) if body else None))
        page = {"items": [], "next_page_token": None, "counts": {}, "value": "x"}
        if "page_token" not in target and "page_size=5" in target:
            page["next_page_token"] = "next"
        return Answer(200, Message(), json.dumps(page).encode())

    def open(self, method, target, headers, body, timeout):
        self.all.append((method, target, dict(headers), None))
        raise ToygunError("only to see what is asked")


class ContractTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        client = Toygun()
        cls.document = client.contract()
        cls.sent = Sent()
        client._requests.connection = cls.sent
        for call in CALLS:
            try:
                call(client)
            except ToygunError:
                pass  # A stream of events is only begun.
        for dry in (
            lambda t: t.resources.create("echo"),
            lambda t: t.resources.update(R, {}),
            lambda t: t.resources.delete(R),
            lambda t: t.resources.rewind(R, step=1),
            lambda t: t.resources.retry(R),
            lambda t: t.resources.restart(R),
            lambda t: t.resources.tick(R),
            lambda t: t.resources.signal(R, "go"),
            lambda t: t.resources.hold(R, reason="why"),
            lambda t: t.resources.abandon(R, reason="why"),
            lambda t: t.tasks.start(R, "say"),
            lambda t: t.tasks.stop(R),
            lambda t: t.tasks.abort(R),
            lambda t: t.tasks.approve(R),
            lambda t: t.tasks.retry(R),
            lambda t: t.tasks.rewind(R, step=1),
            lambda t: t.tasks.signal(R, "go"),
            lambda t: t.holds.create("all", reason="why"),
            lambda t: t.bulk.create("echo", "delete"),
            lambda t: t.sinks.create("ops", "log"),
            lambda t: t.sinks.update("ops"),
            lambda t: t.sinks.update("ops", types=[], under=""),
        ):
            dry(client.dry)
        cls.reached = {}
        for request in cls.sent.all:
            name, operation = cls.operation(*request[:2])
            cls.reached.setdefault(name, (operation, []))[1].append(request)

    @classmethod
    def operation(cls, method, target):
        path = urlsplit(target).path
        for template, methods in cls.document["paths"].items():
            pattern = re.sub(r"\\{\w+\\}", "[^/:]+", re.escape(template))
            if method.lower() in methods and re.fullmatch(pattern, path):
                operation = methods[method.lower()]
                return operation["operationId"], operation
        raise AssertionError(f"{method} {path} is not in the contract")

    def resolve(self, schema):
        while "$ref" in schema:
            at = self.document
            for part in schema["$ref"][2:].split("/"):
                at = at[part]
            schema = at
        return schema

    def parameters(self, operation, place):
        every = [self.resolve(one) for one in operation.get("parameters", [])]
        return {one["name"] for one in every if one["in"] == place}

    def body(self, operation):
        content = operation.get("requestBody", {}).get("content", {})
        return self.resolve(content["application/json"]["schema"]) if content else {}

    def test_every_operation_is_reached_by_a_method(self):
        every = {o["operationId"] for methods in self.document["paths"].values() for o in methods.values()}
        self.assertEqual(every - self.reached.keys(), set(NOT_REACHED))

    def test_what_is_sent_is_in_the_contract(self):
        for name, (operation, requests) in self.reached.items():
            body = self.body(operation)
            for _, target, headers, sent in requests:
                query = {key for key, _ in parse_qsl(urlsplit(target).query)}
                self.assertLessEqual(query, self.parameters(operation, "query"), name)
                known = self.parameters(operation, "header") | {"Accept"}
                self.assertLessEqual(headers.keys(), known, name)
                if sent is not None:
                    self.assertLessEqual(sent.keys(), body["properties"].keys(), name)
                if body:
                    self.assertLessEqual(set(body.get("required", [])), (sent or {}).keys(), name)

    def test_what_the_contract_has_can_be_sent(self):
        for name, (operation, requests) in self.reached.items():
            queries = {key for _, target, _, _ in requests for key, _ in parse_qsl(urlsplit(target).query)}
            self.assertEqual(self.parameters(operation, "query") - queries, set(), name)
            headers = {key for _, _, headers, _ in requests for key in headers}
            self.assertLessEqual(self.parameters(operation, "header") - headers, NOT_SENT.keys(), name)
            bodies = {key for _, _, _, sent in requests for key in sent or {}}
            self.assertEqual(self.body(operation).get("properties", {}).keys() - bodies, set(), name)

    def test_a_change_that_may_be_repeated_has_a_name_of_its_own(self):
        names = [headers["Idempotency-Key"] for _, _, headers, _ in self.sent.all if "Idempotency-Key" in headers]
        self.assertGreater(len(names), 30)
        self.assertEqual(len(names), len(set(names)))

    def test_names_are_escaped(self):
        client = Toygun()
        client._requests.connection = sent = Sent()
        client.tasks.start(("a/b:c?", R["uuid"]), "ü")
        path = urlsplit(sent.all[0][1]).path
        self.assertEqual(unquote(path.split("/")[3]), "a/b:c?")
        self.assertNotIn("?", path)
        for nothing in ("", "..", {"type": "echo"}, {"uuid": None}):
            with self.assertRaises(ValueError):
                client.tasks.get(nothing)
        self.assertEqual(len(sent.all), 1)


if __name__ == "__main__":
    unittest.main()
