// What becomes of a request when things go wrong: against a server that answers what a test says.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { test } from "node:test";
import * as problems from "toygun";
import { Toygun } from "toygun";
import { connect } from "toygun/node";
import { Connection } from "../src/connection.js";
import { read, write } from "../src/texts.js";

const KEY = "tgk_0123456789abcdef";
const ECHO = { type: "echo", uuid: "00000000-0000-0000-0000-000000000001" };
const AGAIN = { "Retry-After": "0" };
const QUIET = [503, AGAIN, { code: "unavailable", detail: "the database does not answer", trace_id: "t1" }];
const HANGS_UP = null;

/* Answers: [status, headers, body], or null to hang up without one. */
async function scripted(answers, use) {
  const requests = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) {
      body += piece;
    }
    requests.push({ url: request.url, headers: request.headers, body });
    const said = answers.length ? answers.shift() : [500, {}, { code: "no_more_answers" }];
    if (said === HANGS_UP) {
      request.socket.destroy();
      return;
    }
    response.writeHead(said[0], { ...said[1], Connection: "close" });
    response.end(typeof said[2] === "string" ? said[2] : JSON.stringify(said[2]));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    const url = `http://127.0.0.1:${server.address().port}`;
    return await use((options) => new Toygun({ url, key: KEY, ...options }), requests, url);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const stream = (...lines) => [200, { "Content-Type": "text/event-stream" }, lines.join("\n") + "\n\n"];

test("what is read is read again", () =>
  scripted([QUIET, HANGS_UP, [429, AGAIN, {}], [200, {}, { state: "quiet" }]], async (client, requests) => {
    assert.equal((await client().resources.get(ECHO)).state, "quiet");
    assert.equal(requests.length, 4);
  }));

test("a change is sent again under the same name", () => {
  const underWay = [409, AGAIN, { code: "in_progress", detail: "try again soon" }];
  return scripted([QUIET, HANGS_UP, underWay, [200, {}, {}]], async (client, requests) => {
    await client().resources.update(ECHO, { price: "1.10" }, { ifMatch: 7 });
    assert.equal(requests.length, 4);
    assert.equal(new Set(requests.map(({ headers }) => headers["idempotency-key"])).size, 1);
    assert.deepEqual(new Set(requests.map(({ body }) => body)), new Set(['{"fields":{"price":"1.10"}}']));
    assert.equal(requests[0].headers["if-match"], '"7"');
  });
});

test("what is under way is asked about for longer than there are tries", () => {
  const underWay = [409, AGAIN, { code: "in_progress", detail: "try again soon" }];
  return scripted([...Array(9).fill(underWay), [200, {}, {}]], async (client, requests) => {
    await client().resources.update(ECHO, { price: "1.10" });
    assert.equal(requests.length, 10);
  });
});

test("a folder says where its own key goes, and no other", async () => {
  const folder = await mkdtemp(join(tmpdir(), "toygun-"));
  const before = { ...process.env };
  try {
    Object.assign(process.env, { TOYGUN_DATA: folder, TOYGUN_URL: "", TOYGUN_API_KEY: "" });
    await writeFile(join(folder, "url"), "http://127.0.0.1:1234\n");
    await writeFile(join(folder, "api-key"), `${KEY}\n`);
    const origin = async (options) => {
      const asked = [];
      const fetch = async (url) => {
        asked.push(new URL(url).origin);
        return new Response("{}");
      };
      await connect({ ...options, fetch }).health();
      return asked[0];
    };
    assert.equal(await origin(), "http://127.0.0.1:1234");
    assert.equal(await origin({ key: KEY }), "http://127.0.0.1:8080");
    process.env.TOYGUN_API_KEY = KEY;
    assert.equal(await origin(), "http://127.0.0.1:8080");
  } finally {
    process.env = before;
    await rm(folder, { recursive: true });
  }
});

test("a caller may name a change", () =>
  scripted([[201, {}, {}]], async (client, requests) => {
    await client().once("order-17").resources.create("echo");
    assert.equal(requests[0].headers["idempotency-key"], "order-17");
    await assert.rejects(client().once("order-17").keys.create("ci", "viewer"), TypeError);
    assert.equal(requests.length, 1);
  }));

test("a change that is named and only checked stays both", () => {
  const valid = [200, {}, { valid: true }];
  return scripted([valid, [...valid]], async (client, requests) => {
    await client().dry.once("order-17").resources.delete(ECHO);
    await client().once("order-17").dry.resources.delete(ECHO);
    for (const { url, headers } of requests) {
      assert.match(url, /validate_only=true/);
      assert.equal(headers["idempotency-key"], "order-17");
    }
    assert.equal(requests.length, 2);
  });
});

test("what has no name is sent again only if it was not let in", () =>
  scripted([[429, AGAIN, {}], QUIET, [201, {}, {}]], async (client, requests) => {
    await assert.rejects(client().keys.create("ci", "viewer"), problems.Unavailable);
    assert.equal(requests.length, 2);
    assert.equal(requests[0].headers["idempotency-key"], undefined);
  }));

test("tries have an end", () =>
  scripted(Array(9).fill(QUIET), async (client, requests) => {
    await assert.rejects(client({ tries: 3 }).health(), { code: "unavailable", traceId: "t1", status: 503 });
    assert.equal(requests.length, 3);
  }));

test("nobody waits for long because he is told to", () =>
  scripted([[429, { "Retry-After": "60" }, {}]], async (client) => {
    await assert.rejects(client().health(), { name: "RateLimited", retryAfter: 60 });
  }));

test("each problem has its type", async () => {
  const kinds = { 400: "BadRequest", 401: "Unauthenticated", 403: "Denied", 404: "NotFound", 409: "Conflict" };
  Object.assign(kinds, { 412: "PreconditionFailed", 422: "BadRequest", 429: "RateLimited", 500: "Problem" });
  const body = { code: "c", detail: "d", errors: [{ pointer: "/fields/x", detail: "no" }], trace_id: "t" };
  for (const [status, kind] of Object.entries(kinds)) {
    await scripted([[Number(status), {}, body]], (client) =>
      assert.rejects(client({ tries: 1 }).health(), (e) => {
        assert.equal(e.constructor, problems[kind]);
        assert.equal(e.errors[0].pointer, "/fields/x");
        return e.message.includes("/fields/x: no");
      }),
    );
  }
});

test("a page of a proxy is a problem too", () =>
  scripted([[502, {}, "<html>bad gateway"]], async (client) => {
    await assert.rejects(client({ tries: 1 }).health(), { name: "Unavailable", detail: "the API answered 502" });
  }));

test("no redirect is followed", () =>
  scripted([[302, { Location: "/health" }, {}], [200, {}, {}]], async (client, requests) => {
    await assert.rejects(client({ tries: 1 }).health(), problems.Unreachable);
    assert.equal(requests.length, 1);
  }));

test("an answer has to come in time", () => {
  const hangs = (url, { signal }) =>
    new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason)));
  const client = new Toygun({ url: "http://localhost", key: KEY, fetch: hangs, timeout: 20, tries: 1 });
  return assert.rejects(client.health(), { name: "Unreachable", detail: /nothing within 20 ms/ });
});

test("the key is nowhere to be seen", async () => {
  const client = await scripted([], (make, _, url) => new Toygun({ url, key: KEY, tries: 1 }));
  const error = await client.health().catch((e) => e);
  assert.equal(error.constructor, problems.Unreachable);
  const connection = new Connection({ url: "http://localhost", key: KEY });
  for (const shown of [client, connection, error, error.cause]) {
    assert.ok(!inspect(shown, { depth: 20, showHidden: true }).includes(KEY));
  }
  assert.ok(!JSON.stringify(client).includes(KEY));
  assert.throws(() => new Toygun({ url: "http://localhost", key: KEY + "\n" }), (e) => !e.message.includes(KEY));
});

test("the key goes unencrypted to nobody else", () => {
  for (const url of ["http://toygun.example", "http://10.0.0.1:8080", "http://127.0.0.1.example"]) {
    assert.throws(() => new Toygun({ url, key: KEY }), TypeError);
    new Toygun({ url, key: KEY, allowHttp: true });
  }
  for (const url of ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost", "https://toygun.example"]) {
    new Toygun({ url, key: KEY });
  }
  for (const url of ["ftp://localhost", "localhost:8080", "https://user:secret@localhost", undefined]) {
    assert.throws(() => new Toygun({ url, key: KEY }), (e) => !e.message.includes("secret"));
  }
});

test("a list asks for a page when it is needed", () => {
  const pages = [
    [200, {}, { items: [{ name: "a" }, { name: "b" }], next_page_token: "2" }],
    [200, {}, { items: [{ name: "c" }], next_page_token: null }],
  ];
  return scripted(pages, async (client, requests) => {
    const types = client().types.list();
    assert.equal((await types.next()).value.name, "a");
    assert.equal(requests.length, 1);
    const rest = [];
    for await (const { name } of types) {
      rest.push(name);
    }
    assert.deepEqual(rest, ["b", "c"]);
    assert.equal(requests[1].url, "/v1/types?page_token=2");
  });
});

test("a stream goes on behind the last event", () => {
  const answers = [
    stream("retry: 1000", "id: e.1.1"),
    stream("event: moved", "id: e.2.2", 'data: {"move":{"to":"quiet"}}', "", ": still here", "id: e.3.3"),
    stream("event: reset", "id: e.9.9", 'data: {"detail":"read anew"}'),
    [401, {}, { code: "unauthenticated" }],
  ];
  return scripted(answers, async (client, requests) => {
    const events = await client().events.follow({ resource: ECHO });
    assert.deepEqual([requests.length, events.lastEventId], [1, "e.1.1"]);
    const first = (await events.next()).value;
    assert.deepEqual(first, { kind: "moved", id: "e.2.2", data: { move: { to: "quiet" } } });
    const second = (await events.next()).value;
    assert.deepEqual([second.kind, second.id], ["reset", "e.9.9"]);
    await assert.rejects(events.next(), problems.Unauthenticated);
    const behind = requests.map(({ headers }) => headers["last-event-id"]);
    assert.deepEqual(behind, [undefined, "e.1.1", "e.3.3", "e.9.9"]);
  });
});

test("a stream gives up, and can be left", () =>
  scripted([stream("id: e.1.1"), QUIET, stream("id: e.1.1")], async (client) => {
    const events = await client().events.follow({ patience: 10 });
    await assert.rejects(events.next(), problems.Unreachable);
    const left = new AbortController();
    const others = await client({ tries: 1 }).events.follow({ signal: left.signal }).catch((e) => e);
    assert.equal(others.constructor, problems.Unavailable);
    const third = await client().events.follow({ signal: left.signal });
    const next = third.next();
    left.abort();
    assert.equal((await next).done, true);
  }));

test("no digit is lost", () => {
  const sent = { n: 2n ** 63n - 1n, price: "1.10", at: new Date(0), some: new Set([3]), "odd \"1.5\"": "a\\\" 1.5" };
  assert.equal(
    write(sent),
    '{"n":9223372036854775807,"price":"1.10","at":"1970-01-01T00:00:00.000Z","some":[3],"odd \\"1.5\\"":"a\\\\\\" 1.5"}',
  );
  assert.throws(() => write({ n: NaN }), TypeError);
  const told = read(
    '{"version":7,"fields":{"n":9007199254740993,"m":-3,"price":1.10,"all":[{"x":[1e2]}],' +
      '"at":"2030-01-31T12:00:00Z","s":"a\\\\\\" 1.5"},"seconds":{"online":1.5},"initial":[1.10]}',
  );
  assert.equal(told.version, 7);
  assert.deepEqual(told.fields, {
    n: 9007199254740993n,
    m: -3,
    price: "1.10",
    all: [{ x: ["1e2"] }],
    at: "2030-01-31T12:00:00Z",
    s: 'a\\" 1.5',
  });
  assert.deepEqual([told.seconds.online, told.initial], [1.5, ["1.10"]]);
});

test("times are dates", () => {
  const told = read('{"at":"2030-01-31T12:00:00.123456789Z","from":"quiet","ended_at":null}');
  assert.deepEqual(told, { at: new Date("2030-01-31T12:00:00.123Z"), from: "quiet", ended_at: null });
});
