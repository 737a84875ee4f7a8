// What the README shows is run.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { connect } from "toygun/node";

const HOME = fileURLToPath(new URL("..", import.meta.url));

test("the examples run", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map((found) => found[1]);
  assert.equal(examples.length, 2);
  const run = promisify(execFile);
  const said = [];
  for (const example of examples) {
    const node = ["--input-type=module", "--eval", example];
    said.push((await run(process.execPath, node, { cwd: HOME, timeout: 60_000 })).stdout);
  }
  assert.match(said[0], /^Hello\.\n[^]*speaking -> quiet\n$/);
  assert.equal(said[1], "kept\n");
  const client = connect();
  await client.resources.delete(await client.resources.find("echo", "hello"));
});
