import { uuidPath } from "./named.js";

/** One thing done with all resources that a filter finds. */
export class BulkRuns {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  list({ pageSize } = {}) {
    return this.#requests.pages("listBulks", { query: { page_size: pageSize } });
  }

  create(type, action, { haltAfter, haltShare, ...given } = {}) {
    const body = { type, action, ...given, halt_after: haltAfter, halt_share: haltShare };
    return this.#requests.call("createBulk", { body });
  }

  get(bulk) {
    return this.#requests.call("getBulk", { path: uuidPath(bulk) });
  }

  items(bulk, { result, pageSize } = {}) {
    return this.#requests.pages("listBulkItems", { path: uuidPath(bulk), query: { result, page_size: pageSize } });
  }

  pause(bulk, { reason } = {}) {
    return this.#requests.call("pauseBulk", { path: uuidPath(bulk), body: { reason } });
  }

  resume(bulk, { reason } = {}) {
    return this.#requests.call("resumeBulk", { path: uuidPath(bulk), body: { reason } });
  }

  cancel(bulk, { reason } = {}) {
    return this.#requests.call("cancelBulk", { path: uuidPath(bulk), body: { reason } });
  }
}
