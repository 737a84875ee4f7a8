package dev.toygun.client;

/** Messages about alarms and errors. */
public final class Deliveries {
  private final Requests requests;

  Deliveries(Requests requests) {
    this.requests = requests;
  }

  /**
   * The newest first: those that are {@code pending}, {@code sent} or, if {@link Options#state} is
   * not said, {@code failed}.
   */
  public Listing<Delivery> list(Option.DeliveryList... options) {
    return requests.pages(new Call(Operation.LIST_DELIVERIES).with(options), Delivery::new);
  }

  /**
   * One.
   *
   * @throws Problem.NotFound where there is none
   */
  public Delivery get(Named delivery) {
    Call call = Call.of(Operation.GET_DELIVERY, delivery);
    return new Delivery(requests.call(call));
  }

  /** Has one tried again at once that has failed, or waits for its next try. */
  public Delivery retry(Named delivery, Option.Because... options) {
    Call call = Call.of(Operation.RETRY_DELIVERY, delivery).with(options);
    return new Delivery(requests.call(call));
  }
}
