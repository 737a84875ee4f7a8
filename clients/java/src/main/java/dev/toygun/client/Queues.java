package dev.toygun.client;

import java.util.List;

/** What waits in each queue, by type, version and priority. */
public final class Queues {
  private final Requests requests;

  Queues(Requests requests) {
    this.requests = requests;
  }

  /** Each with the workers that take from it; where nobody does, its problem says why. */
  public List<Queue> list() {
    return Part.list(requests.call(new Call(Operation.LIST_QUEUES)), "items", Queue::new);
  }
}
