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
