package dev.toygun.client;

/** What ticks have used, and who used it. */
public final class Usage {
  private final Requests requests;

  Usage(Requests requests) {
    this.requests = requests;
  }

  /** Who used most first: by type, if it is not said, of the last ten minutes. */
  public UsageReport get(Option.Used... options) {
    Call call = new Call(Operation.GET_USAGE).with(options);
    return new UsageReport(requests.call(call));
  }
}
