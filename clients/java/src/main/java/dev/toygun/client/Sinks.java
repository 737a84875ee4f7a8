package dev.toygun.client;

import java.util.List;
import java.util.Map;

/** Who is told of alarms and errors, by name. Only an admin may change them. */
public final class Sinks {
  private final Requests requests;

  Sinks(Requests requests) {
    this.requests = requests;
  }

  /** By name; at most a hundred. What is secret in their settings reads as stars. */
  public List<Sink> list() {
    return Part.list(requests.call(new Call(Operation.LIST_SINKS)), "items", Sink::new);
  }

  /**
   * One.
   *
   * @throws Problem.NotFound where there is none of this name
   */
  public Sink get(String sink) {
    Call call = new Call(Operation.GET_SINK).path("name", sink);
    return new Sink(requests.call(call));
  }

  /**
   * Makes one: {@code webhook}, {@code slack}, {@code pagerduty}, {@code email}, {@code log} or
   * {@code sentry}.
   *
   * @throws Problem.BadRequest where its settings are not what its kind needs
   */
  public Sink create(
      String name, String kind, Map<String, ?> settings, Option.SinkSetting... options) {
    Call call = new Call(Operation.CREATE_SINK).body("name", name).body("kind", kind);
    return new Sink(requests.call(call.body("settings", settings).with(options)));
  }

  /** Changes what is given, and leaves its settings. */
  public Sink update(String sink, Option.SinkChange... options) {
    Call call = new Call(Operation.CHANGE_SINK).path("name", sink);
    return new Sink(requests.call(call.with(options)));
  }

  /** Changes what is given; settings that are not named stay, null takes one out. */
  public Sink update(String sink, Map<String, ?> settings, Option.SinkChange... options) {
    Call call = new Call(Operation.CHANGE_SINK).path("name", sink).body("settings", settings);
    return new Sink(requests.call(call.with(options)));
  }

  /** Removes it. What was still to be sent to it has failed then. */
  public void delete(String sink, Option.Change... options) {
    requests.call(new Call(Operation.DELETE_SINK).path("name", sink).with(options));
  }

  /**
   * Sends it a message that says it is a test.
   *
   * @throws Problem where it does not take that
   */
  public void test(String sink, Option.Because... options) {
    requests.call(new Call(Operation.TEST_SINK).path("name", sink).with(options));
  }
}
