package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Messages about alarms and errors that did not get there, and their next try. */
@Command(
    name = "deliveries",
    description = {
      "Show messages about alarms and errors that were given up; or have one tried again.",
      "",
      "Examples:",
      "  toygun deliveries",
      "  toygun deliveries --state pending",
      "  toygun deliveries retry 9c550123 --reason \"the address was wrong\"",
      "",
      "DELIVERY is a uuid, or the end of one that no other message shares."
    },
    subcommands = {Deliveries.Retry.class})
public final class Deliveries extends Verb {
  private static final int MOST = 1000;
  private static final List<String> RETRIED = List.of("failed", "pending");

  @Mixin private Output output = new Output();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = "failed",
      description = "How they went: failed, pending or sent (${DEFAULT-VALUE}).")
  private String state = "";

  @Override
  int run(Api api, PrintWriter out) {
    List<JsonNode> items = Lists.all(api, "/v1/deliveries", "&state=" + Api.part(state), MOST);
    output.show(out, Lists.of(items), items, table(items));
    return Exit.OK;
  }

  /** What is known of messages, one a line. */
  static Table table(List<JsonNode> items) {
    Table table = new Table("DELIVERY", "SINK", "EVENT", "ABOUT", "STATE", "TRIES", "AT", "ERROR");
    for (JsonNode item : items) {
      String uuid = item.path("uuid").asText();
      table.row(
          Lists.ending(uuid),
          item.path("sink").asText(),
          item.path("event").asText(),
          item.path("name").asText(""),
          item.path("state").asText(),
          item.path("tries").asText(),
          Words.time(item.path(item.path("sent_at").isTextual() ? "sent_at" : "created_at")),
          item.path("last_error").asText(""));
    }
    return table;
  }

  /** Has a message tried again. */
  @Command(
      name = "retry",
      description = "Try a message again at once, from the first of its tries if it was given up.")
  static final class Retry extends Verb {
    @Parameters(index = "0", paramLabel = "DELIVERY", description = "The message.")
    private String name = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
    private @Nullable String reason;

    @Override
    int run(Api api, PrintWriter out) {
      Map<String, Object> body = new LinkedHashMap<>();
      if (reason != null) {
        body.put("reason", reason);
      }
      JsonNode delivery = api.post("/v1/deliveries/" + Api.part(uuid(api, name)) + ":retry", body);
      out.println(
          "%s is told of %s again"
              .formatted(delivery.path("sink").asText(), delivery.path("name").asText("it")));
      out.flush();
      return Exit.OK;
    }

    private static String uuid(Api api, String name) {
      return name.length() == 36
          ? name
          : Lists.meant(
              RETRIED.stream()
                  .flatMap(
                      state -> Lists.all(api, "/v1/deliveries", "&state=" + state, MOST).stream())
                  .toList(),
              name,
              "delivery");
    }
  }
}
