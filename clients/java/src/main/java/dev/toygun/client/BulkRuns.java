package dev.toygun.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing done with all resources that a filter finds, one after the other. */
public final class BulkRuns {
  private final Requests requests;

  BulkRuns(Requests requests) {
    this.requests = requests;
  }

  /** The newest first. */
  public Listing<Bulk> list(Option.Paged... options) {
    return requests.pages(new Call(Operation.LIST_BULKS).with(options), Bulk::new);
  }

  /**
   * Does {@code start}, {@code stop}, {@code abort}, {@code retry}, {@code signal}, {@code delete}
   * or {@code set} with all of a type, or those of which all of {@link Options#filter} holds. It
   * goes on when this returns. With {@link Toygun#dry} it says how many it would be ({@link
   * Bulk#count}).
   */
  public Bulk create(String type, String action, Option.Many... options) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>(Given.all(options));
    given.putIfAbsent("filter", List.of());
    Call call = new Call(Operation.CREATE_BULK).body("type", type).body("action", action);
    return new Bulk(requests.call(call.with(given)));
  }

  /** What it does, and how far it has come. */
  public Bulk get(Named bulk) {
    Call call = Call.of(Operation.GET_BULK, bulk);
    return new Bulk(requests.call(call));
  }

  /** What became of each resource. */
  public Listing<BulkItem> items(Named bulk, Option.Results... options) {
    return requests.pages(Call.of(Operation.LIST_BULK_ITEMS, bulk).with(options), BulkItem::new);
  }

  /**
   * What it began is still watched.
   *
   * @throws Problem.Conflict where it is paused, halted or over
   */
  public Bulk pause(Named bulk, Option.Because... options) {
    Call call = Call.of(Operation.PAUSE_BULK, bulk).with(options);
    return new Bulk(requests.call(call));
  }

  /** It goes on, where it is paused, or failures have halted it, or it waits for its canary. */
  public Bulk resume(Named bulk, Option.Because... options) {
    Call call = Call.of(Operation.RESUME_BULK, bulk).with(options);
    return new Bulk(requests.call(call));
  }

  /** It ends; what it did stays done. */
  public Bulk cancel(Named bulk, Option.Because... options) {
    Call call = Call.of(Operation.CANCEL_BULK, bulk).with(options);
    return new Bulk(requests.call(call));
  }
}
