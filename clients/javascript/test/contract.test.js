// The client against the contract: each operation is reached, and nothing is sent that it does not have.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { Toygun } from "toygun";
import { connect } from "toygun/node";

const NOW = new Date("2030-01-31T12:00:00Z");
const R = { type: "echo", uuid: "00000000-0000-0000-0000-000000000001", version: 3 };
const BECAUSE = { reason: "why" };
const CHANGE = { reason: "why", ifMatch: R };
const REWIND = { state: "s", step: 1, fresh: true, ...CHANGE };
const BULK = {
  filter: ["state=up"],
  task: "say",
  args: { a: 1 },
  signal: "go",
  fields: { a: 1 },
  rate: "10/s",
  canary: 5,
  watch: 60,
  haltAfter: 3,
  haltShare: 5,
};
const MOVES = { orderBy: "step desc", pageSize: 5 };

// Every method that sends something, with all that it takes.
const CALLS = [
  (t) => t.health(),
  (t) => t.ready(),
  (t) => t.contract(),
  (t) => all(t.types.list()),
  (t) => t.types.get("echo", { version: 1 }),
  (t) =>
    all(
      t.resources.list("echo", {
        label: "x",
        fields: { a: 1 },
        uuidPrefix: "0190f3",
        orderBy: "label",
        ended: true,
        pageSize: 5,
      }),
    ),
  (t) => t.resources.counts("echo"),
  (t) => t.resources.create("echo", { text: "x" }, { label: "x", parent: R, adopt: "quiet", ...BECAUSE }),
  (t) => t.resources.get(R),
  (t) => t.resources.update(R, { text: null }, CHANGE),
  (t) => t.resources.delete(R, { plan: "x", ...CHANGE }),
  (t) => t.resources.plan(R),
  (t) => t.resources.rewind(R, REWIND),
  (t) => t.resources.retry(R, CHANGE),
  (t) => t.resources.restart(R, { force: true, ...CHANGE }),
  (t) => t.resources.tick(R, BECAUSE),
  (t) => t.resources.signal(R, "go", { a: 1 }, BECAUSE),
  (t) => t.resources.hold(R, { until: NOW, ...BECAUSE }),
  (t) => t.resources.release(R, BECAUSE),
  (t) => t.resources.abandon(R, CHANGE),
  (t) => t.resources.reveal(R, "token", BECAUSE),
  (t) => all(t.resources.history(R, MOVES)),
  (t) => all(t.resources.tree(R, { pageSize: 5 })),
  (t) => t.resources.explain(R),
  (t) => t.resources.availability(R, { days: 2 }),
  (t) => all(t.tasks.list(R, { pageSize: 5 })),
  (t) => all(t.tasks.runs({ type: "echo", task: "say", status: "running", since: NOW, until: NOW, pageSize: 5 })),
  (t) => t.tasks.get(R),
  (t) => t.tasks.explain(R),
  (t) => t.tasks.start(R, "say", { a: 1 }, BECAUSE),
  (t) => t.tasks.stop(R, CHANGE),
  (t) => t.tasks.abort(R, CHANGE),
  (t) => t.tasks.approve(R, CHANGE),
  (t) => t.tasks.retry(R, CHANGE),
  (t) => t.tasks.rewind(R, REWIND),
  (t) => t.tasks.signal(R, "go", { a: 1 }, BECAUSE),
  (t) => t.tasks.reveal(R, "token", BECAUSE),
  (t) => all(t.tasks.history(R, MOVES)),
  (t) => t.events.follow({ resource: R, lastEventId: "e.1.2" }),
  (t) => all(t.alarms.list({ resource: R, state: "open", closed: true, pageSize: 5 })),
  (t) => t.alarms.counts(),
  (t) => t.alarms.get(R),
  (t) => all(t.alarms.history(R, MOVES)),
  (t) => t.alarms.ack(R, { until: NOW, ...CHANGE }),
  (t) => t.alarms.snooze(R, { until: NOW, ...CHANGE }),
  (t) => t.alarms.lift(R, { until: NOW, ...CHANGE }),
  (t) => t.alarms.ignore(R, CHANGE),
  (t) => t.alarms.unignore(R, CHANGE),
  (t) => t.alarms.close(R, CHANGE),
  (t) => all(t.errors.list({ resource: R, kind: "k", stackHash: "h", pageSize: 5 })),
  (t) => t.errors.get(R),
  (t) => t.errors.groups({ hours: 2, most: 5 }),
  (t) => t.holds.list(),
  (t) => t.breakers.list(),
  (t) => t.breakers.open("ledger", { until: NOW, ...BECAUSE }),
  (t) => t.breakers.close("ledger", BECAUSE),
  (t) => t.repairs.list(),
  (t) => t.repairs.promote("echo", "say", BECAUSE),
  (t) => t.queues.list(),
  (t) => t.workers.list(),
  (t) => t.usage.get({ by: "tree", since: "2h", under: R, most: 5 }),
  (t) => t.holds.create("type", { name: "echo", resource: R, until: NOW, ...BECAUSE }),
  (t) => t.holds.release(R, BECAUSE),
  (t) => all(t.bulk.list({ pageSize: 5 })),
  (t) => t.bulk.create("echo", "start", { ...BULK, ...BECAUSE }),
  (t) => t.bulk.get(R),
  (t) => all(t.bulk.items(R, { result: "failed", pageSize: 5 })),
  (t) => t.bulk.pause(R, BECAUSE),
  (t) => t.bulk.resume(R, BECAUSE),
  (t) => t.bulk.cancel(R, BECAUSE),
  (t) => t.sinks.list(),
  (t) => t.sinks.get("ops"),
  (t) => t.sinks.create("ops", "log", { a: 1 }, { minSeverity: "info", types: ["echo"], under: R.uuid, active: true, ...BECAUSE }),
  (t) => t.sinks.update("ops", { a: 1 }, { minSeverity: "info", types: ["echo"], under: R.uuid, active: true, ...CHANGE }),
  (t) => t.sinks.delete("ops", CHANGE),
  (t) => t.sinks.test("ops", BECAUSE),
  (t) => all(t.deliveries.list({ state: "sent", pageSize: 5 })),
  (t) => t.deliveries.get(R),
  (t) => t.deliveries.retry(R, BECAUSE),
  (t) =>
    all(t.audit.list({ actor: "key:a", action: "a", subject: R, outcome: "denied", since: NOW, until: NOW, pageSize: 5 })),
  (t) => all(t.keys.list({ pageSize: 5 })),
  (t) => t.keys.create("ci", "viewer", { types: ["echo"], under: R.uuid, expiresAt: NOW, ...BECAUSE }),
  (t) => t.keys.revoke(R, BECAUSE),
];

const DRY = [
  (t) => t.resources.create("echo"),
  (t) => t.resources.update(R, {}),
  (t) => t.resources.delete(R),
  (t) => t.resources.rewind(R, { step: 1 }),
  (t) => t.resources.retry(R),
  (t) => t.resources.restart(R),
  (t) => t.resources.tick(R),
  (t) => t.resources.signal(R, "go"),
  (t) => t.resources.hold(R, BECAUSE),
  (t) => t.resources.abandon(R, BECAUSE),
  (t) => t.tasks.start(R, "say"),
  (t) => t.tasks.stop(R),
  (t) => t.tasks.abort(R),
  (t) => t.tasks.approve(R),
  (t) => t.tasks.retry(R),
  (t) => t.tasks.rewind(R, { step: 1 }),
  (t) => t.tasks.signal(R, "go"),
  (t) => t.holds.create("all", BECAUSE),
  (t) => t.bulk.create("echo", "delete"),
  (t) => t.sinks.create("ops", "log"),
  (t) => t.sinks.update("ops"),
  (t) => t.sinks.update("ops", {}, { types: null, under: null }),
];

// What the contract has and the client never sends, with the reason.
const NOT_REACHED = new Map();
const NOT_SENT = new Map([["If-None-Match", "it only saves a body, and the caller would have to keep the last one"]]);

let document;
const sent = [];
const reached = new Map();

async function all(list) {
  const found = [];
  for await (const one of list) {
    found.push(one);
  }
  return found;
}

/* Takes the place of the network, and notes what is sent. */
async function noted(url, { method, headers, body }) {
  const target = new URL(url);
  sent.push({ method, target, headers, body: body && JSON.parse(body) });
  if (target.pathname === "/v1/events") {
    return new Response("id: e.1.1\n\n");
  }
  const next = target.searchParams.get("page_size") === "5" && !target.searchParams.has("page_token");
  return Response.json({ ready: true, items: [], next_page_token: next ? "next" : null, counts: {} });
}

before(async () => {
  document = await connect().contract();
  const client = new Toygun({ url: "http://localhost", key: "k", fetch: noted });
  for (const call of CALLS) {
    await call(client);
  }
  for (const call of DRY) {
    await call(client.dry);
  }
  for (const request of sent) {
    const operation = operationOf(request);
    const of = reached.get(operation.operationId) ?? { operation, requests: [] };
    of.requests.push(request);
    reached.set(operation.operationId, of);
  }
});

function operationOf({ method, target }) {
  for (const [template, methods] of Object.entries(document.paths)) {
    const pattern = template.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/:]+");
    if (methods[method.toLowerCase()] && new RegExp(`^${pattern}$`).test(target.pathname)) {
      return methods[method.toLowerCase()];
    }
  }
  throw new Error(`${method} ${target.pathname} is not in the contract`);
}

function resolve(schema) {
  return schema?.$ref ? resolve(schema.$ref.slice(2).split("/").reduce((at, part) => at[part], document)) : schema;
}

function parameters(operation, place) {
  return (operation.parameters ?? []).map(resolve).filter((one) => one.in === place).map((one) => one.name);
}

function bodyOf(operation) {
  return resolve(operation.requestBody?.content["application/json"].schema) ?? { properties: {} };
}

const missing = (some, from) => some.filter((one) => !from.includes(one));

test("every operation is reached by a method", () => {
  const every = Object.values(document.paths).flatMap(Object.values).map((one) => one.operationId);
  assert.deepEqual(missing(every, [...reached.keys()]), [...NOT_REACHED.keys()]);
});

test("what is sent is in the contract", () => {
  for (const [name, { operation, requests }] of reached) {
    const known = [...parameters(operation, "header"), "Accept", "Authorization", "Content-Type"];
    for (const { target, headers, body } of requests) {
      assert.deepEqual(missing([...target.searchParams.keys()], parameters(operation, "query")), [], name);
      assert.deepEqual(missing(Object.keys(headers), known), [], name);
      assert.deepEqual(missing(Object.keys(body ?? {}), Object.keys(bodyOf(operation).properties)), [], name);
      assert.deepEqual(missing(bodyOf(operation).required ?? [], Object.keys(body ?? {})), [], name);
    }
  }
});

test("what the contract has can be sent", () => {
  for (const [name, { operation, requests }] of reached) {
    const queries = requests.flatMap(({ target }) => [...target.searchParams.keys()]);
    assert.deepEqual(missing(parameters(operation, "query"), queries), [], name);
    const headers = requests.flatMap((one) => Object.keys(one.headers));
    assert.deepEqual(missing(missing(parameters(operation, "header"), headers), [...NOT_SENT.keys()]), [], name);
    const bodies = requests.flatMap(({ body }) => Object.keys(body ?? {}));
    assert.deepEqual(missing(Object.keys(bodyOf(operation).properties), bodies), [], name);
  }
});

test("a change that may be repeated has a name of its own", () => {
  const names = sent.map(({ headers }) => headers["Idempotency-Key"]).filter(Boolean);
  assert.ok(names.length > 30);
  assert.equal(new Set(names).size, names.length);
});

test("the types have the methods that there are", () => {
  const text = ["index", "methods"]
    .map((name) => readFileSync(new URL(`../src/${name}.d.ts`, import.meta.url), "utf8"))
    .join("\n");
  const client = new Toygun({ url: "http://localhost", key: "k" });
  const groups = Object.entries(client).filter(([, group]) => typeof group === "object");
  assert.equal(groups.length, 17);
  for (const [name, group] of groups) {
    const declared = new RegExp(`^  readonly ${name}: (\\w+);`, "m").exec(text)[1];
    const body = new RegExp(`^export interface ${declared}\\b.*?\\{$(.*?)^\\}`, "ms").exec(text)[1];
    const typed = [...body.matchAll(/^  (\w+)\(/gm)].map((found) => found[1]).sort();
    const there = Object.getOwnPropertyNames(Object.getPrototypeOf(group)).filter((one) => one !== "constructor");
    assert.deepEqual(typed, there.sort(), name);
  }
});

test("names are escaped", async () => {
  sent.length = 0;
  const client = new Toygun({ url: "http://localhost", key: "k", fetch: noted });
  await client.tasks.start({ ...R, type: "a/b:c?" }, "ü");
  assert.equal(sent[0].target.pathname, `/v1/resources/a%2Fb%3Ac%3F/${R.uuid}/tasks/%C3%BC`);
  for (const nothing of ["", "..", { type: "echo" }, { uuid: null }]) {
    await assert.rejects(async () => client.tasks.get(nothing), TypeError);
  }
  assert.equal(sent.length, 1);
});
