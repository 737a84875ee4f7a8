import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Toygun, ToygunError } from "./index.js";

/**
 * A Toygun, found as the command line finds it. A folder may be anybody's, as one that was cloned: it says where its
 * own key goes, and no other.
 */
export function connect(options = {}) {
  const folder = process.env.TOYGUN_DATA || ".toygun";
  const given = options.key || process.env.TOYGUN_API_KEY;
  const url =
    options.url ||
    process.env.TOYGUN_URL ||
    (!given && line(resolve(folder, "url"))) ||
    `http://127.0.0.1:${process.env.TOYGUN_PORT || 8080}`;
  const key = given || line(resolve(folder, "api-key"));
  if (!key) {
    throw new ToygunError(
      "No API key: set TOYGUN_API_KEY, give one, or run this where `toygun up` runs " +
        `(${resolve(folder)} has no api-key)`,
    );
  }
  return new Toygun({ ...options, url, key });
}

function line(file) {
  return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
}
