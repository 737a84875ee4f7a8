package dev.toygun.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said beside a change of a resource or a run: why, and which version is meant. */
final class Change {
  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with who asked.")
  private @Nullable String reason;

  @Option(
      names = "--if-match",
      paramLabel = "VERSION",
      description =
          "Only if it is still at this version, as -o json shows it; else exit code 4, and nothing"
              + " is changed.")
  private @Nullable String ifMatch;

  JsonNode post(Api api, String path, Map<String, Object> body) {
    return api.ifMatch(etag()).post(path, reasoned(body));
  }

  JsonNode patch(Api api, String path, Map<String, Object> body) {
    return api.ifMatch(etag()).patch(path, reasoned(body));
  }

  private @Nullable String etag() {
    return ifMatch != null && ifMatch.matches("[0-9]+") ? '"' + ifMatch + '"' : ifMatch;
  }

  private Map<String, Object> reasoned(Map<String, Object> body) {
    Map<String, Object> whole = new LinkedHashMap<>(body);
    if (reason != null) {
      whole.put("reason", reason);
    }
    return whole;
  }

  /** A resource or a run, as it is after the change. */
  static Table table(JsonNode it) {
    boolean run = it.path("run").isNumber();
    return run
        ? new Table("TASK", "RUN", "STATE", "STATUS", "VERSION", "UUID")
            .row(
                it.path("name").asText(),
                it.path("run").asText(),
                it.path("state").asText(),
                it.path("status").asText(),
                it.path("version").asText(),
                it.path("uuid").asText())
        : new Table("LABEL", "STATE", "VERSION", "UUID")
            .row(
                it.path("label").asText(),
                Words.state(it),
                it.path("version").asText(),
                it.path("uuid").asText());
  }
}
