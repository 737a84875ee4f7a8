package dev.toygun.client;

/** Who changed something, and who was not allowed to. For an admin and an auditor. */
public final class Audit {
  private final Requests requests;

  Audit(Requests requests) {
    this.requests = requests;
  }

  /** The newest first. */
  public Listing<Audited> list(Option.Recorded... options) {
    return requests.pages(new Call(Operation.LIST_AUDIT).with(options), Audited::new);
  }
}
