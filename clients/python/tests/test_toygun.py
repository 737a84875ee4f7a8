"""The client against a real Toygun, with the example types: TOYGUN_URL and TOYGUN_API_KEY say where."""

import threading
import time
import unittest
import uuid
from datetime import datetime, timedelta, timezone
from unittest import mock

import toygun
from toygun import Toygun


def label():
    return "py-" + uuid.uuid4().hex


class ToygunTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = Toygun()
        # Its monitor panics, so that there are an error and an alarm; it makes nothing outside.
        cls.broken = cls.client.resources.create("website", {"address": "ftp://nobody"}, label=label())

    def setUp(self):
        self.started = datetime.now(timezone.utc)

    def test_types(self):
        self.assertEqual(self.client.health(), {"status": "up"})
        self.assertTrue(self.client.ready()["ready"])
        names = [one["name"] for one in self.client.types.list()]
        self.assertEqual(names, ["echo", "local-postgres", "tank", "web-node", "web-pool", "website"])
        echo = self.client.types.get("echo", version=1)
        self.assertEqual(echo["first"], "speaking")
        self.assertIsInstance(echo["last_seen"], datetime)

    def test_a_resource_from_its_beginning_to_its_end(self):
        of = self.client.resources
        echo = of.create("echo", {"text": "Hello."}, label=label(), reason="to see")
        self.assertLess(abs(echo["created_at"] - self.started), timedelta(minutes=5))
        echo = of.wait(echo, state="quiet", timeout=30)
        self.assertEqual(echo["fields"]["said"], "Hello.")
        self.assertEqual(of.find("echo", echo["label"])["uuid"], echo["uuid"])
        self.assertEqual([move["to"] for move in of.history(echo)], ["speaking", "quiet"])
        self.assertEqual([move["to"] for move in of.history(echo, order_by="step desc")], ["quiet", "speaking"])
        self.assertEqual([one["uuid"] for one in of.tree(echo)], [echo["uuid"]])
        self.assertEqual(of.explain(echo)["items"][0]["reason"], "resting")
        self.assertEqual(of.availability(echo, days=1)["availability"], "unknown")
        self.assertGreaterEqual(of.counts("echo").get("quiet", 0), 0)
        (run,) = self.client.tasks.list(echo)
        self.assertEqual(run["status"], "finished")
        self.assertEqual(self.client.tasks.wait(run)["uuid"], run["uuid"])
        back = of.rewind(echo, state="speaking", reason="say it again")
        self.assertGreaterEqual(back["step"], 3)  # It may have spoken before that was answered.
        of.wait(echo, state="quiet", timeout=30)
        self.assertEqual([move["to"] for move in of.history(echo)], ["speaking", "quiet"] * 2)
        of.tick(echo)
        of.delete(echo, reason="done")
        gone = of.wait(echo, ended=True, timeout=30)
        self.assertIsNotNone(gone["ended_at"])
        with self.assertRaises(toygun.Ended) as raised:
            of.wait(echo, state="quiet")
        self.assertEqual(raised.exception.last["uuid"], echo["uuid"])
        with self.assertRaises(toygun.NotFound):
            of.find("echo", echo["label"])

    def test_lists_are_narrowed_and_read_page_after_page(self):
        text = uuid.uuid4().hex
        made = [self.client.resources.create("echo", {"text": text}, label=label()) for _ in range(5)]
        found = self.client.resources.list("echo", fields={"text": text}, order_by="created_at", page_size=2)
        self.assertEqual([one["uuid"] for one in found], [one["uuid"] for one in made])
        one = list(self.client.resources.list("echo", label=made[3]["label"]))
        self.assertEqual([one["uuid"] for one in one], [made[3]["uuid"]])

    def test_fields_are_changed_if_nobody_else_has(self):
        of = self.client.resources
        tank = of.create("tank", {"level": 50}, label=label())
        known = of.wait(tank, until=lambda now: now["due_at"] is None, timeout=30)
        changed = of.update(known, {"level": 60}, if_match=known)
        self.assertEqual(changed["fields"]["level"], 60)
        with self.assertRaises(toygun.PreconditionFailed) as raised:
            of.update(known, {"level": 61}, if_match=known)
        self.assertEqual((raised.exception.status, raised.exception.code), (412, "stale"))
        with self.assertRaises(toygun.BadRequest) as raised:
            of.update(known, {"level": "high", "colour": "red"})
        self.assertEqual({e["pointer"] for e in raised.exception.errors}, {"/fields/level", "/fields/colour"})
        self.assertNotEqual(raised.exception.trace_id, "")

    def test_what_a_field_takes_is_said_and_kept(self):
        level = self.client.types.get("tank")["fields"][0]
        self.assertEqual((level["takes"], level["constraints"]["max"]), ("0 to 100", 100))
        with self.assertRaises(toygun.BadRequest) as raised:
            self.client.resources.create("tank", {"level": 2**53 + 1}, label=label())
        expected = {"pointer": "/fields/level", "detail": "0 to 100 is expected, not 9007199254740993"}
        self.assertEqual(raised.exception.errors, [expected])

    def test_a_task_is_started_once(self):
        tank = self.client.resources.create("tank", {"level": 50}, label=label())
        run = self.client.tasks.start(tank, "fill", reason="to see")
        self.assertFalse(run["already_running"])
        again = self.client.tasks.start(tank, "fill")
        self.assertEqual((again["uuid"], again["already_running"]), (run["uuid"], True))
        self.client.tasks.stop(run, reason="enough")
        ended = self.client.tasks.wait(run, timeout=30)
        self.assertEqual(ended["status"], "stopped")
        self.assertEqual(next(self.client.tasks.history(run))["from"], "__new__")
        with self.assertRaises(toygun.Conflict):
            self.client.tasks.stop(run)
        second = self.client.tasks.start(tank, "fill")
        self.client.tasks.abort(second)
        self.assertEqual(self.client.tasks.wait(second, timeout=30)["status"], "aborted")
        with self.assertRaises(toygun.NotFound):
            self.client.tasks.start(tank, "empty")

    def test_waiting_has_an_end(self):
        tank = self.client.resources.create("tank", {"level": 50}, label=label())
        self.client.resources.wait(tank, state="kept", timeout=30)
        for seconds in (0, 0.3):
            with self.assertRaises(toygun.WaitedTooLong) as raised:
                self.client.resources.wait(tank, ended=True, timeout=seconds)
            self.assertEqual(raised.exception.last["uuid"], tank["uuid"])
            self.assertIn("is kept", str(raised.exception))

    def test_a_move_ends_waiting_at_once(self):
        tank = self.client.resources.create("tank", {"level": 50}, label=label())

        def fills(now):
            return now["tasks"][0]["status"] == "running"

        late = threading.Timer(0.5, self.client.tasks.start, (tank, "fill"))
        late.start()
        # Who looks by himself only after a minute has to hear of it.
        with mock.patch("toygun.waiting.FOLLOWED", 60), mock.patch("toygun.waiting.ALONE", 60):
            filled = self.client.resources.wait(tank, until=fills, timeout=30)
        late.join()
        self.client.tasks.stop(filled["tasks"][0])

    def test_a_change_can_be_checked_only(self):
        name = label()
        self.client.dry.resources.create("echo", {"text": "x"}, label=name)
        with self.assertRaises(toygun.BadRequest):
            self.client.dry.resources.create("echo", {"colour": "red"}, label=name)
        with self.assertRaises(ValueError):
            self.client.dry.holds.release(self.broken)
        self.assertEqual(list(self.client.resources.list("echo", label=name, ended=True)), [])

    def test_a_change_with_a_name_is_carried_out_once(self):
        key, name = uuid.uuid4().hex, label()
        first = self.client.once(key).resources.create("echo", {"text": "x"}, label=name)
        again = self.client.once(key).resources.create("echo", {"text": "x"}, label=name)
        self.assertEqual(first["uuid"], again["uuid"])
        with self.assertRaises(toygun.BadRequest) as raised:
            self.client.once(key).resources.create("echo", {"text": "y"}, label=name)
        self.assertEqual(raised.exception.code, "idempotency_key_reused")
        with self.assertRaises(toygun.Conflict):
            self.client.resources.create("echo", {"text": "x"}, label=name)

    def test_holds(self):
        tank = self.client.resources.create("tank", label=label())
        until = self.started + timedelta(hours=1)
        hold = self.client.resources.hold(tank, reason="to see", until=until)
        self.assertEqual(hold["until"], until)
        self.assertIn(hold["uuid"], [one["uuid"] for one in self.client.holds.list()])
        self.assertEqual([one["uuid"] for one in self.client.resources.release(tank)], [hold["uuid"]])
        other = self.client.holds.create("queue", name="nobody", reason="to see")
        self.assertEqual(self.client.holds.release(other)["uuid"], other["uuid"])

    def test_bulk(self):
        tank = self.client.resources.create("tank", label=label())
        only = ["label=" + tank["label"]]
        would = self.client.dry.bulk.create("tank", "delete", filter=only)
        self.assertEqual(would["count"], 1)
        bulk = self.client.bulk.create("tank", "delete", filter=only, reason="to see")
        while self.client.bulk.get(bulk)["state"] not in ("done", "halted"):
            time.sleep(0.1)
        self.assertEqual([one["resource"] for one in self.client.bulk.items(bulk, result="done")], [tank["uuid"]])
        self.assertIn(bulk["uuid"], [one["uuid"] for one in self.client.bulk.list()])

    def test_errors_and_alarms(self):
        def panicked(now):
            return any(task["status"] == "panicked" for task in now["tasks"])

        broken = self.client.resources.wait(self.broken, until=panicked, timeout=60)
        (error,) = self.client.errors.list(resource=broken)
        self.assertEqual(error["kind"], "BadAddress")
        self.assertEqual(self.client.errors.get(error)["uuid"], error["uuid"])
        self.assertIn("BadAddress", [group["kind"] for group in self.client.errors.groups(hours=1)])
        run = next(self.client.tasks.list(broken))
        self.assertEqual(self.client.tasks.wait(run)["status"], "panicked")
        (alarm,) = self.client.alarms.list(resource=broken)
        self.assertEqual(alarm["name"], "panic")
        self.assertGreaterEqual(self.client.alarms.counts()["error"], 1)
        until = self.started + timedelta(hours=1)
        self.assertEqual(self.client.alarms.snooze(alarm, until=until)["snoozed_until"], until)
        self.assertEqual(self.client.alarms.ack(alarm, reason="mine")["state"], "acknowledged")
        self.assertEqual(self.client.alarms.ignore(alarm)["state"], "ignored")
        self.client.alarms.unignore(alarm)
        with self.assertRaises(toygun.Conflict):
            self.client.alarms.lift(alarm, until=until, reason="it is no brake's")
        with self.assertRaises(toygun.Conflict):
            self.client.alarms.close(alarm)
        self.assertGreaterEqual(len(list(self.client.alarms.history(alarm))), 4)
        self.client.resources.update(broken, {"address": "http://127.0.0.1:9/"})
        self.assertEqual(self.client.tasks.retry(run)["status"], "running")
        self.client.resources.abandon(broken, reason="it was only a test")
        self.client.resources.wait(broken, ended=True, timeout=30)

    def test_events(self):
        events = self.client.events.follow()
        tank = self.client.resources.create("tank", {"level": 50}, label=label())
        mine = (event for event in events if event.data["resource"]["uuid"] == tank["uuid"])
        event = next(mine)
        self.assertEqual((event.kind, event.data["move"]["to"]), ("moved", "kept"))
        self.assertIsInstance(event.data["move"]["at"], datetime)
        events.close()
        run = self.client.tasks.start(tank, "fill")
        with self.client.events.follow(resource=tank, last_event_id=event.id) as missed:
            self.assertEqual(next(missed).data["task"]["uuid"], run["uuid"])
            threading.Timer(0.1, missed.close).start()
            self.assertLess(len(list(missed)), 100)  # Ended by the other thread.
        with self.client.events.follow(last_event_id="nobody.1.1") as lost:
            self.assertEqual(next(lost).kind, "reset")
        self.client.tasks.stop(run)

    def test_what_is_secret_is_given_out_by_its_own_method(self):
        fields = {"address": "http://127.0.0.1:9/", "token": "t0ken"}
        site = self.client.resources.create("website", fields, label=label())
        self.assertEqual(site["fields"]["token"], "••••")
        made = self.client.keys.create("py-" + uuid.uuid4().hex[:8], "secret-reader")
        reader = Toygun(self.client._requests.connection.url, made["key"])
        self.assertEqual(reader.resources.reveal(site, "token", reason="to see"), "t0ken")
        with self.assertRaises(toygun.Denied):
            self.client.resources.reveal(site, "token", reason="to see")
        asked = list(self.client.audit.list(action="revealResource", subject=site, page_size=1))
        self.assertEqual([one["outcome"] for one in asked], ["denied", "allowed"])
        self.assertEqual(list(self.client.audit.list(subject=site, until=self.started - timedelta(hours=1))), [])
        self.client.keys.revoke(made)
        self.client.resources.delete(site)

    def test_keys_and_sinks(self):
        made = self.client.keys.create("py-" + uuid.uuid4().hex[:8], "viewer", reason="to see")
        viewer = Toygun(self.client._requests.connection.url, made["key"])
        self.assertNotIn(made["key"], repr(vars(viewer._requests.connection)))
        with self.assertRaises(toygun.Denied):
            viewer.resources.create("echo", {"text": "x"})
        self.assertIn(made["uuid"], [key["uuid"] for key in self.client.keys.list()])
        self.assertIsNotNone(self.client.keys.revoke(made)["revoked_at"])
        with self.assertRaises(toygun.Unauthenticated):
            Toygun(self.client._requests.connection.url, "nobodys-key").types.get("echo")
        sink = self.client.sinks.create("py-" + uuid.uuid4().hex[:8], "log", min_severity="critical")
        sink = self.client.sinks.update(sink, active=False, if_match=sink)
        self.assertFalse(self.client.sinks.get(sink)["active"])
        self.assertIn(sink["name"], [one["name"] for one in self.client.sinks.list()])
        self.assertIsNone(self.client.sinks.delete(sink, if_match=sink))
        self.assertEqual(list(self.client.deliveries.list(state="failed")), [])


if __name__ == "__main__":
    unittest.main()
