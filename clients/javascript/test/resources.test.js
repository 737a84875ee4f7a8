// How resources are found and waited for: against a server that answers what a test says.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { Conflict, Ended, NotFound, Toygun, WaitedTooLong } from "toygun";

const ACME = { type: "customer", uuid: "00000000-0000-0000-0000-000000000001" };
const OF_ACME = { type: "app", label: "shop", uuid: "a", parent_type: "customer", parent_label: "acme" };
const OF_NOBODY = { type: "app", label: "shop", uuid: "b", parent_type: null, parent_label: null };
const INITECH = { type: "customer", label: "initech", uuid: ACME.uuid, state: "signed", availability: "unknown" };

/* Lists these items, and gives this resource. */
async function serving({ items = [], resource = {} }, use) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(decodeURIComponent(request.url));
    const list = request.url.includes("?");
    response.writeHead(200, { Connection: "close" });
    response.end(JSON.stringify(list ? { items, next_page_token: null } : resource));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    const url = `http://127.0.0.1:${server.address().port}`;
    await use(new Toygun({ url, key: "tgk_0123456789abcdef" }).resources, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const says = (kind, pattern) => (problem) => {
  assert.ok(problem instanceof kind, problem);
  assert.match(problem.message, pattern);
  return true;
};

test("a label is looked for below its parent", () =>
  serving({ items: [OF_ACME], resource: OF_ACME }, async (resources, asked) => {
    assert.equal((await resources.find("app", "shop", { parent: ACME })).uuid, "a");
    assert.ok(asked[0].includes("filter=label=shop"));
    assert.ok(asked[0].includes(`filter=parent=${ACME.uuid}`));
  }));

test("where more have a label each is named", () =>
  serving({ items: [OF_ACME, OF_NOBODY] }, (resources) =>
    assert.rejects(
      resources.find("app", "shop"),
      says(
        Conflict,
        /more than one app is labelled "shop", under different parents: say which parent, or name it by its uuid, of app\/shop of customer\/acme a, app\/shop b$/,
      ),
    ),
  ));

test("where many have a label it is said that there are others", () =>
  serving({ items: [...Array(6).fill(OF_ACME), OF_NOBODY] }, (resources) =>
    assert.rejects(resources.find("app", "shop"), says(Conflict, /customer\/acme a and maybe others$/)),
  ));

test("what is not there below a parent is said so", () =>
  serving({}, async (resources) => {
    await assert.rejects(
      resources.find("app", "shop"),
      says(NotFound, /there is no app labelled "shop" that has not ended/),
    );
    await assert.rejects(
      resources.find("app", "shop", { parent: ACME }),
      says(NotFound, new RegExp(`there is no app labelled "shop" below ${ACME.uuid} that has not ended`)),
    );
  }));

test("who waits in vain hears that it has ended, or how it is", async () => {
  await serving({ resource: { ...INITECH, active: false } }, (resources) =>
    assert.rejects(
      resources.wait(ACME, { state: "up" }),
      says(Ended, /^customer "initech" has ended: it will never be what was waited for$/),
    ),
  );
  await serving({ resource: { ...INITECH, active: true } }, (resources) =>
    assert.rejects(
      resources.wait(ACME, { state: "up", timeout: 0 }),
      says(WaitedTooLong, /customer "initech" is signed, its availability unknown$/),
    ),
  );
});
