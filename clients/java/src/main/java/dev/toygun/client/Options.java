package dev.toygun.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What calls may be given besides what they need; for a static import:
 *
 * <pre>{@code
 * toygun.resources().create("echo", Map.of("text", "Hello."), label("hello"), reason("to see"));
 * }</pre>
 *
 * <p>Each can be given once, where it is not said otherwise. What the API takes is in its contract.
 */
public final class Options {
  private Options() {}

  /** What people call it; of a list, those that are called so. */
  public static Option.Label label(String label) {
    return Given.of("label", label);
  }

  /** What it is a part of; of a list, those that are parts of this. */
  public static Option.Parent parent(NamedResource parent) {
    return Given.of("parent", parent.uuid().toString());
  }

  /** It exists outside already, and is in this state. */
  public static Option.Create adopt(String state) {
    return new Given(Map.of("adopt", true, "state", state));
  }

  /** Why; stored with who asked. 500 characters at most. */
  public static Option.Reason reason(String reason) {
    return Given.of("reason", reason);
  }

  /** A state: of a list, those that are in it; where to put something back; what to wait for. */
  public static Option.State state(String state) {
    return Given.of("state", state);
  }

  /** Puts it back to where it was after this move. */
  public static Option.Rewind step(long step) {
    return Given.of("step", step);
  }

  /** Makes anew what it makes outside. */
  public static Option.Rewind fresh() {
    return Given.of("fresh", true);
  }

  /** Restarts it though it was restarted as often as its type allows. */
  public static Option.Restart force() {
    return Given.of("force", true);
  }

  /**
   * Only if nobody else has changed it since this was given; else {@link
   * Problem.PreconditionFailed}.
   */
  public static Option.IfMatch ifMatch(Versioned known) {
    return Given.of("If-Match", known.etag());
  }

  /** Only if this is still its version; else {@link Problem.PreconditionFailed}. */
  public static Option.IfMatch ifMatch(long version) {
    return Given.of("If-Match", "\"" + version + "\"");
  }

  /** Only if it still has this {@code ETag}, in quotes; else {@link Problem.PreconditionFailed}. */
  public static Option.IfMatch ifMatch(String etag) {
    return Given.of("If-Match", etag);
  }

  /** Only if it would still take down just that. */
  public static Option.Delete plan(Plan plan) {
    return Given.of("plan", plan.plan());
  }

  /** Those that are so available, such as {@code online}; or what to wait for. */
  public static Option.Availability availability(String availability) {
    return Given.of("availability", availability);
  }

  /** Those of which a field is this; may be given more than once. */
  public static Option.Listed field(String name, Object value) {
    return Given.of("filter", List.of("fields.%s=%s".formatted(name, Json.plain(value))));
  }

  /** Those whose uuid begins so; six digits or more. */
  public static Option.Listed uuidPrefix(String prefix) {
    return Given.of("uuid_prefix", prefix);
  }

  /**
   * Which comes first: {@code created_at}, {@code label} or, of moves, {@code step}; with {@code "
   * desc"} behind it the other way round.
   */
  public static Option.OrderBy orderBy(String order) {
    return Given.of("order_by", order);
  }

  /** Those too that have ended; or what to wait for. */
  public static Option.Availability ended() {
    return Given.of("ended", true);
  }

  /** How many are asked for at once. */
  public static Option.PageSize pageSize(int size) {
    return Given.of("page_size", size);
  }

  /** This version of the type; else the newest. */
  public static Option.TypeVersion version(int version) {
    return Given.of("version", version);
  }

  /** Of so many days up to now; else of 30. */
  public static Option.Days days(int days) {
    return Given.of("days", days);
  }

  /** How long to wait; else 60 s. */
  public static Option.Timeout timeout(Duration timeout) {
    return Given.of("timeout", timeout);
  }

  /** Those of resources of this type. */
  public static Option.Runs type(String type) {
    return Given.of("type", type);
  }

  /** Those of the task of this name; which task to start, stop, abort or retry. */
  public static Option.OfTask task(String task) {
    return Given.of("task", task);
  }

  /** Those that stand so, such as {@code panicked}. */
  public static Option.Runs status(String status) {
    return Given.of("status", status);
  }

  /** From this moment on. */
  public static Option.Since since(Instant time) {
    return Given.of("since", time);
  }

  /** Up to this moment: of a list, what was before it; of a change, when it is over. */
  public static Option.UntilTime until(Instant time) {
    return Given.of("until", time);
  }

  /** Of this resource and its tasks; of a hold, what it holds with all below it. */
  public static Option.Resource resource(Named resource) {
    return Given.of("resource", resource.uuid().toString());
  }

  /** What happened after this event; else from now on. */
  public static Option.Follow lastEventId(String id) {
    return Given.of("Last-Event-ID", id);
  }

  /** How long a stream may have no answer before it fails; else 5 minutes. */
  public static Option.Follow patience(Duration patience) {
    return Given.of("patience", patience);
  }

  /** Those that are closed. */
  public static Option.AlarmList closed() {
    return Given.of("closed", true);
  }

  /** Those of this kind. */
  public static Option.ErrorList kind(String kind) {
    return Given.of("kind", kind);
  }

  /** Those from this place in the code. */
  public static Option.ErrorList stackHash(String hash) {
    return Given.of("stack_hash", hash);
  }

  /** Of so many hours up to now; else of 24. */
  public static Option.Groups hours(int hours) {
    return Given.of("hours", hours);
  }

  /** So many at most; else 50. */
  public static Option.Most most(int most) {
    return Given.of("page_size", most);
  }

  /** The name of the type, task or queue. */
  public static Option.HoldOf name(String name) {
    return Given.of("name", name);
  }

  /** To whom it is charged: {@code type}, {@code task}, {@code tree} or {@code resource}. */
  public static Option.Used by(String what) {
    return Given.of("by", what);
  }

  /** Of so many minutes up to now; else of ten. */
  public static Option.Used within(Duration time) {
    return Given.of("since", minutes(time));
  }

  /** Only what is or is below this resource. */
  public static Option.Under under(Named resource) {
    return Given.of("under", resource.uuid().toString());
  }

  /** Only what is of these types. */
  public static Option.OfTypes types(String... types) {
    return Given.of("types", List.of(types));
  }

  /** Takes the limit to types out. */
  public static Option.SinkChange ofAllTypes() {
    return Given.nothing("types");
  }

  /** Takes the limit to what is below a resource out. */
  public static Option.SinkChange everywhere() {
    return Given.nothing("under");
  }

  /** Only what is as bad as this, such as {@code critical}, or worse. */
  public static Option.MinSeverity minSeverity(String severity) {
    return Given.of("min_severity", severity);
  }

  /** Whether it is told of anything. */
  public static Option.MinSeverity active(boolean active) {
    return Given.of("active", active);
  }

  /** Those of which all of this holds, such as {@code state=up} or {@code fields.size=3}. */
  public static Option.Many filter(String... conditions) {
    return Given.of("filter", List.of(conditions));
  }

  /** What the task is started with. */
  public static Option.Many args(Map<String, ?> args) {
    return Given.of("args", args);
  }

  /** Which signal to send. */
  public static Option.Many signal(String type) {
    return Given.of("signal", type);
  }

  /** What the signal has, or the fields to set. */
  public static Option.Many fields(Map<String, ?> fields) {
    return Given.of("fields", fields);
  }

  /** No more than so many, as {@code 10/s}, {@code 30/min} or {@code 5/h}. */
  public static Option.Many rate(String rate) {
    return Given.of("rate", rate);
  }

  /** So many first; the rest follows once they have turned out well. */
  public static Option.Many canary(int resources) {
    return Given.of("canary", resources);
  }

  /** How long what was begun has to go well, in whole seconds. */
  public static Option.Many watch(Duration time) {
    return Given.of("watch", time.toSeconds());
  }

  /** Halts after so many failures. */
  public static Option.Many haltAfter(int failures) {
    return Given.of("halt_after", failures);
  }

  /** Halts when so many of a hundred have failed. */
  public static Option.Many haltShare(int percent) {
    return Given.of("halt_share", percent);
  }

  /** Those of which this became, such as {@code failed}. */
  public static Option.Results result(String result) {
    return Given.of("result", result);
  }

  /** What this one asked for, such as {@code key:ci}. */
  public static Option.Recorded actor(String actor) {
    return Given.of("actor", actor);
  }

  /** What was asked of this operation. */
  public static Option.Recorded action(String operation) {
    return Given.of("action", operation);
  }

  /** What was asked of this. */
  public static Option.Recorded subject(Named subject) {
    return Given.of("subject", subject.uuid().toString());
  }

  /** What was {@code allowed}, or what was {@code denied}. */
  public static Option.Recorded outcome(String outcome) {
    return Given.of("outcome", outcome);
  }

  /** When the key ends by itself. */
  public static Option.KeyLimit expiresAt(Instant time) {
    return Given.of("expires_at", time);
  }

  private static String minutes(Duration time) {
    if (time.isNegative() || time.isZero() || !time.equals(Duration.ofMinutes(time.toMinutes()))) {
      throw new IllegalArgumentException("within: whole minutes are expected, not " + time);
    }
    return time.toMinutes() + "m";
  }
}
