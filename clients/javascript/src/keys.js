import { uuidOf, uuidPath } from "./named.js";

/** Who changed something, and who was not allowed to. */
export class Audit {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  list({ actor, action, subject, outcome, since, until, pageSize } = {}) {
    const query = { actor, action, subject: uuidOf(subject), outcome, since, until, page_size: pageSize };
    return this.#requests.pages("listAudit", { query });
  }
}

/** API keys. */
export class Keys {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  list({ pageSize } = {}) {
    return this.#requests.pages("listKeys", { query: { page_size: pageSize } });
  }

  create(name, role, { types, under, expiresAt, reason } = {}) {
    return this.#requests.call("createKey", { body: { name, role, types, under, expires_at: expiresAt, reason } });
  }

  revoke(key, { reason } = {}) {
    return this.#requests.call("revokeKey", { path: uuidPath(key), body: { reason } });
  }
}
