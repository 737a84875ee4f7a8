// The client against a real Toygun, with the example types: TOYGUN_URL and TOYGUN_API_KEY say where.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import * as problems from "toygun";
import { Toygun } from "toygun";
import { connect } from "toygun/node";
import { LOOKS } from "../src/waiting.js";

const client = connect();
const { resources, tasks, alarms, errors, holds, sinks, keys } = client;
const label = () => `js-${randomUUID()}`;
const uuids = (list) => list.map(({ uuid }) => uuid);
let broken;

async function all(list) {
  const found = [];
  for await (const one of list) {
    found.push(one);
  }
  return found;
}

before(async () => {
  // Its monitor panics, so that there are an error and an alarm; it makes nothing outside.
  broken = await resources.create("website", { address: "ftp://nobody" }, { label: label() });
});

test("types", async () => {
  assert.deepEqual(await client.health(), { status: "up" });
  assert.equal((await client.ready()).ready, true);
  const names = (await all(client.types.list())).map(({ name }) => name);
  assert.deepEqual(names, ["echo", "local-postgres", "tank", "web-node", "web-pool", "website"]);
  const echo = await client.types.get("echo", { version: 1 });
  assert.equal(echo.first, "speaking");
  assert.ok(echo.last_seen instanceof Date);
});

test("a resource from its beginning to its end", async () => {
  let echo = await resources.create("echo", { text: "Hello." }, { label: label(), reason: "to see" });
  assert.ok(Math.abs(echo.created_at - new Date()) < 300_000);
  echo = await resources.wait(echo, { state: "quiet", timeout: 30_000 });
  assert.equal(echo.fields.said, "Hello.");
  assert.equal((await resources.find("echo", echo.label)).uuid, echo.uuid);
  assert.deepEqual((await all(resources.history(echo))).map(({ to }) => to), ["speaking", "quiet"]);
  const back = await all(resources.history(echo, { orderBy: "step desc" }));
  assert.deepEqual(back.map(({ to }) => to), ["quiet", "speaking"]);
  assert.deepEqual(uuids(await all(resources.tree(echo))), [echo.uuid]);
  assert.equal((await resources.explain(echo)).items[0].reason, "resting");
  assert.equal((await resources.availability(echo, { days: 1 })).availability, "unknown");
  assert.equal(typeof (await resources.counts("echo")), "object");
  const [run] = await all(tasks.list(echo));
  assert.equal((await tasks.wait(run)).status, "finished");
  // It may have spoken before that was answered.
  assert.ok((await resources.rewind(echo, { state: "speaking" })).step >= 3);
  await resources.wait(echo, { state: "quiet", timeout: 30_000 });
  await resources.tick(echo);
  await resources.delete(echo, { reason: "done" });
  const gone = await resources.wait(echo, { ended: true, timeout: 30_000 });
  assert.ok(gone.ended_at instanceof Date);
  await assert.rejects(resources.wait(echo, { state: "quiet" }), (e) => e.last.uuid === echo.uuid);
  await assert.rejects(resources.find("echo", echo.label), problems.NotFound);
});

test("lists are narrowed and read page after page", async () => {
  const text = randomUUID();
  const made = [];
  for (let i = 0; i < 5; i++) {
    made.push(await resources.create("echo", { text }, { label: label() }));
  }
  const found = await all(resources.list("echo", { fields: { text }, orderBy: "created_at", pageSize: 2 }));
  assert.deepEqual(uuids(found), uuids(made));
  assert.deepEqual(uuids(await all(resources.list("echo", { label: made[3].label }))), [made[3].uuid]);
});

test("fields are changed if nobody else has", async () => {
  const tank = await resources.create("tank", { level: 50 }, { label: label() });
  const known = await resources.wait(tank, { until: (now) => now.due_at === null, timeout: 30_000 });
  const changed = await resources.update(known, { level: 60 }, { ifMatch: known });
  assert.equal(changed.fields.level, 60);
  await assert.rejects(resources.update(known, { level: 61 }, { ifMatch: known }), {
    name: "PreconditionFailed",
    status: 412,
    code: "stale",
  });
  await assert.rejects(resources.update(known, { level: "high", colour: "red" }), (e) => {
    assert.equal(e.constructor, problems.BadRequest);
    assert.deepEqual(e.errors.map(({ pointer }) => pointer).sort(), ["/fields/colour", "/fields/level"]);
    return e.traceId !== "";
  });
});

test("what a field takes is said and kept", async () => {
  const [level] = (await client.types.get("tank")).fields;
  assert.deepEqual([level.takes, level.constraints.max], ["0 to 100", 100]);
  await assert.rejects(resources.create("tank", { level: 2n ** 53n + 1n }, { label: label() }), (e) => {
    assert.equal(e.constructor, problems.BadRequest);
    const detail = "0 to 100 is expected, not 9007199254740993";
    assert.deepEqual(e.errors, [{ pointer: "/fields/level", detail }]);
    return true;
  });
});

test("a task is started once", async () => {
  const tank = await resources.create("tank", { level: 50 }, { label: label() });
  const run = await tasks.start(tank, "fill", undefined, { reason: "to see" });
  assert.equal(run.already_running, false);
  const again = await tasks.start(tank, "fill");
  assert.deepEqual([again.uuid, again.already_running], [run.uuid, true]);
  await tasks.stop(run, { reason: "enough" });
  assert.equal((await tasks.wait(run, { timeout: 30_000 })).status, "stopped");
  assert.equal((await tasks.history(run).next()).value.from, "__new__");
  await assert.rejects(tasks.stop(run), problems.Conflict);
  const second = await tasks.start(tank, "fill");
  await tasks.abort(second);
  assert.equal((await tasks.wait(second, { timeout: 30_000 })).status, "aborted");
  await assert.rejects(tasks.start(tank, "empty"), problems.NotFound);
});

test("waiting has an end", async () => {
  const tank = await resources.create("tank", { level: 50 }, { label: label() });
  await resources.wait(tank, { state: "kept", timeout: 30_000 });
  for (const timeout of [0, 300]) {
    await assert.rejects(resources.wait(tank, { ended: true, timeout }), (e) => {
      assert.equal(e.constructor, problems.WaitedTooLong);
      return e.last.uuid === tank.uuid && e.message.includes("is kept");
    });
  }
});

test("a move ends waiting at once", async (t) => {
  const tank = await resources.create("tank", { level: 50 }, { label: label() });
  const before = { ...LOOKS };
  // Who looks by himself only after a minute has to hear of it.
  Object.assign(LOOKS, { followed: 60_000, alone: 60_000 });
  t.after(() => Object.assign(LOOKS, before));
  const waiting = resources.wait(tank, { until: (now) => now.tasks[0].status === "running", timeout: 30_000 });
  setTimeout(() => tasks.start(tank, "fill"), 500);
  await tasks.stop((await waiting).tasks[0]);
});

test("a change can be checked only", async () => {
  const name = label();
  assert.deepEqual(await client.dry.resources.create("echo", { text: "x" }, { label: name }), { valid: true });
  await assert.rejects(client.dry.resources.create("echo", { colour: "red" }), problems.BadRequest);
  await assert.rejects(client.dry.holds.release(broken), TypeError);
  assert.deepEqual(await all(resources.list("echo", { label: name, ended: true })), []);
});

test("a change with a name is carried out once", async () => {
  const [key, name] = [randomUUID(), label()];
  const first = await client.once(key).resources.create("echo", { text: "x" }, { label: name });
  const again = await client.once(key).resources.create("echo", { text: "x" }, { label: name });
  assert.equal(first.uuid, again.uuid);
  const other = client.once(key).resources.create("echo", { text: "y" }, { label: name });
  await assert.rejects(other, { name: "BadRequest", code: "idempotency_key_reused" });
  await assert.rejects(resources.create("echo", { text: "x" }, { label: name }), problems.Conflict);
});

test("holds", async () => {
  const tank = await resources.create("tank", {}, { label: label() });
  const until = new Date(Date.now() + 3_600_000);
  const hold = await resources.hold(tank, { reason: "to see", until });
  assert.deepEqual(hold.until, until);
  assert.ok(uuids(await holds.list()).includes(hold.uuid));
  assert.deepEqual(uuids(await resources.release(tank)), [hold.uuid]);
  const other = await holds.create("queue", { name: "nobody", reason: "to see" });
  assert.equal((await holds.release(other)).uuid, other.uuid);
});

test("bulk", async () => {
  const tank = await resources.create("tank", {}, { label: label() });
  const filter = [`label=${tank.label}`];
  assert.equal((await client.dry.bulk.create("tank", "delete", { filter })).count, 1);
  const bulk = await client.bulk.create("tank", "delete", { filter, reason: "to see" });
  while (!["done", "halted"].includes((await client.bulk.get(bulk)).state)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const done = [];
  for await (const one of client.bulk.items(bulk, { result: "done" })) {
    done.push(one.resource);
  }
  assert.deepEqual(done, [tank.uuid]);
});

test("errors and alarms", async () => {
  const panicked = (now) => now.tasks.some(({ status }) => status === "panicked");
  await resources.wait(broken, { until: panicked, timeout: 60_000 });
  const [error] = await all(errors.list({ resource: broken }));
  assert.equal(error.kind, "BadAddress");
  assert.equal((await errors.get(error)).uuid, error.uuid);
  assert.ok((await errors.groups({ hours: 1 })).some(({ kind }) => kind === "BadAddress"));
  const [run] = await all(tasks.list(broken));
  assert.equal((await tasks.wait(run)).status, "panicked");
  const [alarm] = await all(alarms.list({ resource: broken }));
  assert.equal(alarm.name, "panic");
  assert.ok((await alarms.counts()).error >= 1);
  const until = new Date(Date.now() + 3_600_000);
  assert.deepEqual((await alarms.snooze(alarm, { until })).snoozed_until, until);
  assert.equal((await alarms.ack(alarm, { reason: "mine" })).state, "acknowledged");
  assert.equal((await alarms.ignore(alarm)).state, "ignored");
  await alarms.unignore(alarm);
  await assert.rejects(alarms.lift(alarm, { until, reason: "it is no brake's" }), problems.Conflict);
  await assert.rejects(alarms.close(alarm), problems.Conflict);
  assert.ok((await all(alarms.history(alarm))).length >= 4);
  await resources.update(broken, { address: "http://127.0.0.1:9/" });
  assert.equal((await tasks.retry(run)).status, "running");
  await resources.abandon(broken, { reason: "it was only a test" });
  await resources.wait(broken, { ended: true, timeout: 30_000 });
});

test("events", async () => {
  const events = await client.events.follow();
  const tank = await resources.create("tank", { level: 50 }, { label: label() });
  let last;
  for await (const event of events) {
    if (event.data.resource.uuid === tank.uuid) {
      assert.deepEqual([event.kind, event.data.move.to], ["moved", "kept"]);
      assert.ok(event.data.move.at instanceof Date);
      last = event.id;
      break;
    }
  }
  assert.equal((await events.next()).done, true); // Leaving the loop has ended it.
  const run = await tasks.start(tank, "fill");
  const missed = await client.events.follow({ resource: tank, lastEventId: last });
  assert.equal((await missed.next()).value.data.task.uuid, run.uuid);
  missed.close();
  const lost = await client.events.follow({ lastEventId: "nobody.1.1" });
  assert.equal((await lost.next()).value.kind, "reset");
  lost.close();
  await tasks.stop(run);
});

test("what is secret is given out by its own method", async () => {
  const fields = { address: "http://127.0.0.1:9/", token: "t0ken" };
  const site = await resources.create("website", fields, { label: label() });
  assert.equal(site.fields.token, "••••");
  const made = await keys.create(`js-${randomUUID().slice(0, 8)}`, "secret-reader");
  const reader = new Toygun({ url: process.env.TOYGUN_URL, key: made.key });
  assert.equal(await reader.resources.reveal(site, "token", { reason: "to see" }), "t0ken");
  await assert.rejects(resources.reveal(site, "token", { reason: "to see" }), problems.Denied);
  const asked = await all(client.audit.list({ action: "revealResource", subject: site, pageSize: 1 }));
  assert.deepEqual(asked.map(({ outcome }) => outcome), ["denied", "allowed"]);
  assert.deepEqual(await all(client.audit.list({ subject: site, until: new Date(Date.now() - 3_600_000) })), []);
  await keys.revoke(made);
  await resources.delete(site);
});

test("keys and sinks", async () => {
  const made = await keys.create(`js-${randomUUID().slice(0, 8)}`, "viewer", { reason: "to see" });
  const url = process.env.TOYGUN_URL;
  const viewer = new Toygun({ url, key: made.key });
  await assert.rejects(viewer.resources.create("echo", { text: "x" }), problems.Denied);
  assert.ok(uuids(await all(keys.list())).includes(made.uuid));
  assert.ok((await keys.revoke(made)).revoked_at instanceof Date);
  await assert.rejects(new Toygun({ url, key: "nobodys-key" }).types.get("echo"), problems.Unauthenticated);
  let sink = await sinks.create(`js-${randomUUID().slice(0, 8)}`, "log", {}, { minSeverity: "critical" });
  sink = await sinks.update(sink, undefined, { active: false, ifMatch: sink });
  assert.equal((await sinks.get(sink)).active, false);
  assert.ok((await sinks.list()).some(({ name }) => name === sink.name));
  assert.equal(await sinks.delete(sink, { ifMatch: sink }), undefined);
  assert.deepEqual(await all(client.deliveries.list({ state: "failed" })), []);
});
