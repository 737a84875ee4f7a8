import { uuidOf, uuidPath } from "./named.js";

/** What is on hold. */
export class Holds {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  async list() {
    return (await this.#requests.call("listHolds")).items;
  }

  create(scope, { name, resource, until, reason } = {}) {
    return this.#requests.call("createHold", { body: { scope, name, resource: uuidOf(resource), until, reason } });
  }

  release(hold, { reason } = {}) {
    return this.#requests.call("releaseHold", { path: uuidPath(hold), body: { reason } });
  }
}
