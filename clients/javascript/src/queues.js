import { uuidOf } from "./named.js";

/** What waits in each queue, by type, version and priority. */
export class Queues {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  async list() {
    return (await this.#requests.call("listQueues")).items;
  }
}

/** The workers that live. */
export class Workers {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  async list() {
    return (await this.#requests.call("listWorkers")).items;
  }
}

/** What ticks have used, and who used it. */
export class Usage {
  #requests;

  constructor(requests) {
    this.#requests = requests;
  }

  get({ by, since, under, most } = {}) {
    const query = { by, since, under: uuidOf(under), page_size: most };
    return this.#requests.call("getUsage", { query });
  }
}
