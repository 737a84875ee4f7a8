package dev.toygun.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resources. A method that takes one takes what the API gave of it, or {@link NamedResource#of}.
 *
 * <p>Each throws {@link Problem.NotFound} where there is no such resource. What changes one throws
 * {@link Problem.Conflict} where things are not as that needs them (it has ended, it is on its way
 * down), {@link Problem.BadRequest} where fields or a state do not fit its type, and {@link
 * Problem.PreconditionFailed} where it is not as {@link Options#ifMatch} says any more.
 *
 * <p>A field takes what JSON has, and {@link java.math.BigDecimal}, {@link Instant} and other times
 * with a zone, {@link Duration}, {@link UUID}, lists, sets and maps.
 */
public final class Resources {
  private static final List<String> CONDITIONS =
      List.of("label", "state", "parent", "availability");

  /* More than a person reads in a message are not named. */
  private static final int MOST_NAMED = 6;

  private final Requests requests;

  Resources(Requests requests) {
    this.requests = requests;
  }

  /** Makes a resource of a type that needs no fields, as the other {@code create} does. */
  public Resource create(String type, Option.Create... options) {
    return create(type, Map.of(), options);
  }

  /**
   * Makes a resource, or takes over one that exists outside ({@link Options#adopt}). It is there
   * when this returns, and on its way: {@link #wait} for what it is to be.
   *
   * @throws Problem.Conflict where one of this label is there already
   * @throws Problem.BadRequest where the fields do not fit
   */
  public Resource create(String type, Map<String, ?> fields, Option.Create... options) {
    Call call = new Call(Operation.CREATE_RESOURCE).path("type", type).body("fields", fields);
    return new Resource(requests.call(call.with(options)));
  }

  /** What it is, what hangs off it, and what can be done with it. */
  public Resource get(NamedResource resource) {
    return get(resource, Requests.LONG);
  }

  private Resource get(NamedResource resource, Duration within) {
    return new Resource(requests.call(Call.of(Operation.GET_RESOURCE, resource), within));
  }

  /** Those of a type of which all that is given holds; without {@link Options#ended} the active. */
  public Listing<Resource> list(String type, Option.Listed... options) {
    return listed(type, new LinkedHashMap<>(Given.all(options)));
  }

  private Listing<Resource> listed(String type, Map<String, @Nullable Object> given) {
    List<Object> filter = new ArrayList<>();
    for (String name : CONDITIONS) {
      Object value = given.remove(name);
      if (value != null) {
        filter.add(name + "=" + value);
      }
    }
    if (given.get("filter") instanceof List<?> fields) {
      filter.addAll(fields);
    }
    given.put("filter", filter);
    Call call = new Call(Operation.LIST_RESOURCES).path("type", type).with(given);
    return requests.pages(call, Resource::new);
  }

  /**
   * The one of this label that has not ended. A label is its own below its parent only: {@link
   * Options#parent} says which.
   *
   * @throws Problem.NotFound where there is none
   * @throws Problem.Conflict where there is more than one; it names them
   */
  public Resource find(String type, String label, Option.Find... options) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>(Given.all(options));
    Object parent = given.get("parent");
    given.put("label", label);
    given.put("page_size", MOST_NAMED);
    List<Resource> found = listed(type, given).stream().limit(MOST_NAMED).toList();
    if (found.isEmpty()) {
      throw Problem.NotFound.of(
          "there is no %s labelled \"%s\"%s that has not ended"
              .formatted(type, label, parent == null ? "" : " below " + parent));
    }
    if (found.size() > 1) {
      throw Problem.Conflict.of(
          "ambiguous",
          "more than one %s is labelled \"%s\", under different parents: say which parent, or name it by its uuid, of %s%s"
              .formatted(
                  type,
                  label,
                  found.stream().map(Resources::named).collect(Collectors.joining(", ")),
                  found.size() < MOST_NAMED ? "" : " and maybe others"));
    }
    return get(found.get(0));
  }

  private static String named(Resource one) {
    String parent =
        one.parentLabel()
            .map(label -> " of %s/%s".formatted(one.parentType().orElse(""), label))
            .orElse("");
    return "%s/%s%s %s".formatted(one.type(), one.label(), parent, one.uuid());
  }

  /** How many active ones are in each state, at most 10 s old. */
  public Map<String, Long> counts(String type) {
    Call call = new Call(Operation.LIST_RESOURCES).path("type", type);
    return Part.counts(requests.call(call.query("counts", true).query("page_size", 1)));
  }

  /** Sets fields; null takes one away. */
  public Resource update(NamedResource resource, Map<String, ?> fields, Option.Change... options) {
    return changed(Call.of(Operation.CHANGE_RESOURCE, resource).body("fields", fields), options);
  }

  /**
   * Asks it to go; its tasks and children end first. {@link #wait} for that with {@code ended()}.
   */
  public Resource delete(NamedResource resource, Option.Delete... options) {
    return changed(Call.of(Operation.DELETE_RESOURCE, resource), options);
  }

  /** What it would take with it if it were deleted; changes nothing. */
  public Plan plan(NamedResource resource) {
    Call call = Call.of(Operation.PLAN_RESOURCE, resource).body("action", "delete");
    return new Plan(requests.call(call));
  }

  /** Puts it back into a state, or behind a step, that it was in: one of both has to be given. */
  public Resource rewind(NamedResource resource, Option.Rewind... options) {
    return changed(Call.of(Operation.REWIND_RESOURCE, resource), options);
  }

  /** Sends one that has panicked back to the state it panicked in. */
  public Resource retry(NamedResource resource, Option.Change... options) {
    return changed(Call.of(Operation.RETRY_RESOURCE, resource), options);
  }

  /** Restarts it. */
  public Resource restart(NamedResource resource, Option.Restart... options) {
    return changed(Call.of(Operation.RESTART_RESOURCE, resource), options);
  }

  /** Has it looked at now. */
  public Resource tick(NamedResource resource, Option.Because... options) {
    return changed(Call.of(Operation.TICK_RESOURCE, resource), options);
  }

  /** Sends it a signal, which is kept until its code consumes it. */
  public Signal signal(
      NamedResource resource, String type, Map<String, ?> fields, Option.Because... options) {
    Call call = Call.of(Operation.SIGNAL_RESOURCE, resource).body("type", type);
    return new Signal(requests.call(call.body("fields", fields).with(options)));
  }

  /** Puts it, its tasks and all below it on hold, until a time or for good. */
  public Hold hold(NamedResource resource, String reason, Option.Until... options) {
    Call call = Call.of(Operation.HOLD_RESOURCE, resource).body("reason", reason);
    return new Hold(requests.call(call.with(options)));
  }

  /** Releases all holds of just this resource and what is below it; gives those that it had. */
  public List<Hold> release(NamedResource resource, Option.Because... options) {
    Call call = Call.of(Operation.RELEASE_RESOURCE, resource).with(options);
    return Part.list(requests.call(call), "items", Hold::new);
  }

  /**
   * Ends it and all below it without running its code: what that made outside stays. For admins.
   */
  public Hold abandon(NamedResource resource, String reason, Option.Version... options) {
    Call call = Call.of(Operation.ABANDON_RESOURCE, resource).body("reason", reason);
    return new Hold(requests.call(call.with(options)));
  }

  /**
   * What a secret field holds, for a secret-reader.
   *
   * @throws Problem.Unreachable where there was no answer: this is not sent again
   */
  public JsonNode reveal(NamedResource resource, String field, String reason) {
    Call call = Call.of(Operation.REVEAL_RESOURCE, resource).body("field", field);
    return requests.call(call.body("reason", reason)).path("value");
  }

  /** Its moves, from the first one on, or from the last one back with {@code "step desc"}. */
  public Listing<Move> history(NamedResource resource, Option.Moves... options) {
    return requests.pages(Call.of(Operation.RESOURCE_HISTORY, resource).with(options), Move::new);
  }

  /** It and everything active below it, each before what is below it. */
  public Listing<TreeItem> tree(NamedResource resource, Option.Paged... options) {
    return requests.pages(Call.of(Operation.RESOURCE_TREE, resource).with(options), TreeItem::new);
  }

  /** Why it and its active tasks wait, and what keeps what they wait for. */
  public Explanation explain(NamedResource resource) {
    return new Explanation(requests.call(Call.of(Operation.EXPLAIN_RESOURCE, resource)));
  }

  /** Whether it answers, and how long it did. */
  public Availability availability(NamedResource resource, Option.Days... options) {
    Call call = Call.of(Operation.GET_AVAILABILITY, resource).with(options);
    return new Availability(requests.call(call));
  }

  /**
   * Waits until all of this is so: a state, an availability, that it has ended.
   *
   * <p>Looks at once, whenever it moves, and every 2 s; an API that is away meanwhile is waited
   * for. Blocks for {@link Options#timeout} (60 s), or up to 5 s more where a look is under way
   * then.
   *
   * @return how it was then
   * @throws Ended if it has ended, and so never will be what was waited for
   * @throws WaitedTooLong if it was not so in time
   * @throws Interrupted if the thread was interrupted
   */
  public Resource wait(NamedResource resource, Option.Wait... options) {
    return wait(resource, now -> true, options);
  }

  /** The same; what {@code until} says has to be so too. It is asked in this thread. */
  public Resource wait(
      NamedResource resource, Predicate<? super Resource> until, Option.Wait... options) {
    Map<String, @Nullable Object> given = Given.all(options);
    Predicate<Resource> so =
        now ->
            (!given.containsKey("state")
                    || (now.active() && now.state().equals(given.get("state"))))
                && (!given.containsKey("availability")
                    || now.availability().equals(given.get("availability")))
                && (!given.containsKey("ended") || !now.active())
                && until.test(now);
    Waiting<Resource> waiting =
        new Waiting<>(requests, within -> get(resource, within), Resource::uuid, Resource::words);
    return waiting.until(so, now -> !now.active(), given);
  }

  private Resource changed(Call call, Option... options) {
    return new Resource(requests.call(call.with(options)));
  }
}
