package dev.toygun.cli;

import dev.toygun.service.Config;
import dev.toygun.service.Ground.Queues;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.standalone.DataFolder;
import dev.toygun.standalone.Standalone;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All in one process. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Run a clock, a worker and the API in one process, with the example types, on a Postgres and"
          + " a Redis of its own; their data stays in ./.toygun (TOYGUN_DATA). With"
          + " TOYGUN_DATABASE_URL or TOYGUN_REDIS_URL it uses those. Ctrl-C stops all of it."
    })
final class Up implements Callable<Integer> {
  @Option(names = "--inline", description = "Keep queues and leases in this process: no Redis.")
  private boolean inline;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    PrintWriter out = spec.commandLine().getOut();
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putIfAbsent(Keys.LOG.name(), "text"); // For a person, who sits before it.
    Config config = Config.read(environment, List.of());
    Launcher.logAs(config);
    Path folder = config.get(Keys.DATA);
    DataFolder data;
    Standalone standalone;
    try {
      data = DataFolder.open(folder);
    } catch (IOException e) {
      throw new Exit.Failure(Exit.CONFLICT, String.valueOf(e.getMessage()));
    }
    try {
      standalone =
          Standalone.start(
              data,
              config,
              inline ? Queues.IN_PROCESS : Queues.REDIS,
              Standalone.Crew.CLOCK_WORKER_AND_API);
    } catch (Exception e) {
      out.println(e.getMessage() == null ? e.toString() : e.getMessage());
      Launcher.exit(Exit.FAILED);
      return Exit.FAILED;
    }
    Launcher.onStop(
        () -> {
          standalone.close();
          data.close();
        });
    out.println("Toygun is up: " + standalone.told());
    out.printf(
        "The data is in %s; keep a copy of its keychain.%n", folder.toAbsolutePath().normalize());
    if (standalone.hasNewKey()) {
      out.println("API key of an admin, shown this once and kept in " + folder.resolve("api-key"));
      out.println("  " + standalone.apiKey());
    }
    standalone
        .types()
        .forEach((from, names) -> out.printf("Types of %s: %s.%n", from, String.join(", ", names)));
    out.println("Try: toygun get types");
    out.flush();
    Launcher.stay();
    return Exit.OK;
  }
}
