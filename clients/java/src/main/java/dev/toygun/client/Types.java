package dev.toygun.client;

/** The types that workers have published. */
public final class Types {
  private final Requests requests;

  Types(Requests requests) {
    this.requests = requests;
  }

  /** Each in its newest version, by name. */
  public Listing<Type> list(Option.Paged... options) {
    return requests.pages(new Call(Operation.LIST_TYPES).with(options), Type::new);
  }

  /**
   * One, in its newest version or another.
   *
   * @throws Problem.NotFound where no worker has published it
   */
  public Type get(String name, Option.TypeVersion... options) {
    Call call = new Call(Operation.GET_TYPE).path("type", name).with(options);
    return new Type(requests.call(call));
  }
}
