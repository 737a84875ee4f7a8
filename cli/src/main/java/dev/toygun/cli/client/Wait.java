package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits until something is so. */
@Command(
    name = "wait",
    description = {
      "Wait until a resource is in a state, a task of it in a status, its availability so, or it"
          + " has ended. What is so already is not waited for.",
      "",
      "Examples:",
      "  toygun wait local-postgres main --for state=available --timeout 60",
      "  toygun wait website home --for task=monitor:panicked",
      "  toygun wait website home --for availability=online",
      "  toygun stop website home --yes && toygun wait website home --for deleted",
      "",
      "Exit codes: 124 if the time is over; 1 if the resource has ended, so that it will never be."
    })
public final class Wait extends Verb {
  private static final List<String> AVAILABILITIES =
      List.of("unknown", "online", "uncertain", "offline", "known_offline");
  private static final List<String> STATUSES =
      List.of("absent", "running", "panicked", "finished", "stopped", "timed_out", "aborted");

  @Parameters(index = "0", paramLabel = "TYPE", description = "The type of the resource.")
  private String type = "";

  @Parameters(index = "1", paramLabel = "NAME", description = "Its label or uuid.")
  private String name = "";

  @Option(
      names = "--for",
      required = true,
      paramLabel = "WHAT",
      description =
          "state=STATE, task=TASK for a latest run that has finished, task=TASK:STATUS,"
              + " availability=AVAILABILITY, or deleted.")
  private String what = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Give up after this time, with exit code 124.")
  private @Nullable Long timeout;

  @Override
  int run(Api api, PrintWriter out) {
    boolean deleted = what.equals("deleted");
    Condition condition = condition();
    String path = deleted ? Named.past(api, type, name) : Named.path(api, type, name);
    condition.check(api, api.get(path));
    return Looks.until(
        api,
        path,
        timeout,
        now -> seen(condition, now),
        now -> "%s is not so: %s".formatted(what, condition.words(now)));
  }

  private OptionalInt seen(Condition condition, JsonNode now) {
    boolean ended = !now.path("active").asBoolean();
    if (condition.isSo(now)) {
      return OptionalInt.of(Exit.OK);
    }
    if (ended) {
      throw new Exit.Failure(
          Exit.FAILED, "%s has ended, so %s will never be".formatted(Output.name(now), what));
    }
    return OptionalInt.empty();
  }

  /** What is waited for. */
  private interface Condition {
    boolean isSo(JsonNode resource);

    /** How it is instead. */
    String words(JsonNode resource);

    /** Refuses what can never be so. */
    default void check(Api api, JsonNode resource) {}
  }

  private Condition condition() {
    if (what.equals("deleted")) {
      return new State("ended");
    }
    String value = what.substring(what.indexOf('=') + 1);
    if (what.startsWith("state=")) {
      return new State(value);
    }
    if (what.startsWith("task=")) {
      int colon = value.indexOf(':');
      return colon < 0
          ? new Task(value, "finished")
          : new Task(
              value.substring(0, colon), one("status", value.substring(colon + 1), STATUSES));
    }
    if (what.startsWith("availability=")) {
      return new Available(one("availability", value, AVAILABILITIES));
    }
    throw new Exit.Failure(
        Exit.USAGE,
        "--for: expected state=STATE, task=TASK, task=TASK:STATUS, availability=AVAILABILITY or"
            + " deleted");
  }

  private static String one(String kind, String value, List<String> known) {
    if (known.contains(value)) {
      return value;
    }
    throw new Exit.Failure(
        Exit.USAGE,
        "--for: there is no %s %s; there are %s".formatted(kind, value, String.join(", ", known)));
  }

  private record State(String state) implements Condition {
    @Override
    public boolean isSo(JsonNode resource) {
      return state.equals(
          resource.path("active").asBoolean() ? resource.path("state").asText() : "ended");
    }

    @Override
    public String words(JsonNode resource) {
      return "it is " + Words.state(resource);
    }

    @Override
    public void check(Api api, JsonNode resource) {
      String type = resource.path("type").asText();
      if (state.equals("ended")
          || state.matches("__.*__")
          || has(Named.definition(api, resource))
          || has(api.get("/v1/types/" + Api.part(type)))) {
        return;
      }
      throw new Exit.Failure(
          Exit.USAGE,
          "%s has no state %s; it has: %s"
              .formatted(type, state, Words.names(Named.definition(api, resource).path("states"))));
    }

    private boolean has(JsonNode definition) {
      for (JsonNode known : definition.path("states")) {
        if (known.path("name").asText().equals(state)) {
          return true;
        }
      }
      return false;
    }
  }

  private record Task(String task, String status) implements Condition {
    @Override
    public boolean isSo(JsonNode resource) {
      return status.equals(status(resource));
    }

    @Override
    public String words(JsonNode resource) {
      return "it is " + status(resource);
    }

    @Override
    public void check(Api api, JsonNode resource) {
      if (status(resource).isEmpty()) {
        throw Named.noTask(resource, task);
      }
    }

    private String status(JsonNode resource) {
      for (JsonNode known : resource.path("tasks")) {
        if (known.path("name").asText().equals(task)) {
          return known.path("status").asText();
        }
      }
      return "";
    }
  }

  private record Available(String availability) implements Condition {
    @Override
    public boolean isSo(JsonNode resource) {
      return resource.path("availability").asText().equals(availability);
    }

    @Override
    public String words(JsonNode resource) {
      return "it is " + resource.path("availability").asText();
    }
  }
}
