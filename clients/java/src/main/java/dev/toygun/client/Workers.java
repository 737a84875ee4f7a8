package dev.toygun.client;

import java.util.List;

/** The workers that live. */
public final class Workers {
  private final Requests requests;

  Workers(Requests requests) {
    this.requests = requests;
  }

  /** By id, as each last said of itself. */
  public List<Worker> list() {
    return Part.list(requests.call(new Call(Operation.LIST_WORKERS)), "items", Worker::new);
  }
}
