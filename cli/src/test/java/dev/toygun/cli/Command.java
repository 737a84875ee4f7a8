package dev.toygun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.service.Config;
import dev.toygun.service.Ground.Queues;
import dev.toygun.standalone.DataFolder;
import dev.toygun.standalone.Standalone;
import dev.toygun.store.DatabaseUrl;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command as a person uses it, on everything in one process. */
final class Command implements AutoCloseable {
  final Path folder;
  private final DataFolder data;
  final Standalone standalone;

  Command(Path temporary) throws Exception {
    folder = temporary.resolve("data");
    data = DataFolder.open(folder);
    Config config = Config.read(Map.of("TOYGUN_PORT", "0", "TOYGUN_METRICS_PORT", "0"), List.of());
    standalone =
        Standalone.start(data, config, Queues.IN_PROCESS, Standalone.Crew.CLOCK_WORKER_AND_API);
  }

  /** What the command said, and its code. */
  record Said(int code, String out, String err) {}

  Said ok(String... words) {
    Said said = run(words);
    assertThat(said.code()).as("%s: %s", String.join(" ", words), said.err()).isZero();
    return said;
  }

  Said run(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("--data", folder.toString()));
    return bare(all.toArray(new String[0]));
  }

  static Said bare(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Toygun.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Said(code, out.toString(), err.toString());
  }

  /** Has its Postgres do something. */
  void sql(String statement) throws Exception {
    DatabaseUrl url = DatabaseUrl.parse(DataFolder.serverUrl(folder, "postgres").orElseThrow());
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  static String uuid(String json) {
    Matcher matcher = Pattern.compile("\"uuid\" : \"([0-9a-f-]{36})\"").matcher(json);
    assertThat(matcher.find()).as(json).isTrue();
    return matcher.group(1);
  }

  @Override
  public void close() throws IOException {
    standalone.close();
    data.close();
  }
}
