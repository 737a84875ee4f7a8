package dev.toygun.cli;

import dev.toygun.api.ApiService;
import dev.toygun.api.Role;
import dev.toygun.cli.client.Api;
import dev.toygun.cli.client.Connection;
import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.store.Database;
import dev.toygun.store.DatabaseSettings;
import dev.toygun.store.Refusal;
import dev.toygun.time.SystemTime;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** API keys. */
@Command(
    name = "api-key",
    mixinStandardHelpOptions = true,
    description = "Make API keys.",
    subcommands = ApiKeyCommand.Create.class)
final class ApiKeyCommand {

  /** What a key's owner may do. */
  static final class Roles implements Iterable<String> {
    List<String> all() {
      return Arrays.stream(Role.values()).map(Role::stored).toList();
    }

    @Override
    public Iterator<String> iterator() {
      return all().iterator();
    }
  }

  /** Makes a key. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Make an API key, and show it once.",
        "",
        "With TOYGUN_DATABASE_URL it is written straight into the database, which is how the first"
            + " one is made; else the API is asked, which takes the key of an admin."
      })
  static final class Create implements Callable<Integer> {
    private static final Duration ASK = Duration.ofSeconds(10);

    @Mixin private Connection connection = new Connection();

    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        completionCandidates = Roles.class,
        description = "One of ${COMPLETION-CANDIDATES}.")
    private String role = "";

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "What it is called in the history; the role where none is given.")
    private @Nullable String name;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      if (spec == null) {
        throw new IllegalStateException("picocli sets it");
      }
      PrintWriter out = spec.commandLine().getOut();
      Config config = Config.read(System.getenv(), List.of());
      if (Role.ofStored(role).isEmpty()) {
        throw new Exit.Failure(
            Exit.USAGE, "There is no role '%s': there are %s".formatted(role, new Roles().all()));
      }
      String called = name == null ? role : name;
      out.println(
          config.find(Keys.DATABASE_URL).isPresent() ? direct(config, called) : asked(called));
      return Exit.OK;
    }

    private String asked(String called) {
      Api api = connection.api();
      return api.post("/v1/keys", Map.of("name", called, "role", role)).path("key").asText();
    }

    private String direct(Config config, String called) throws Exception {
      Launcher.logAs(config);
      Vertx vertx = Vertx.vertx();
      Database database =
          Database.of(vertx, config.get(Keys.DATABASE_URL), DatabaseSettings.of("toygun-api-key"));
      try {
        return Launcher.wait(
            ApiService.makeKey(database, new SystemTime(vertx), called, role), ASK);
      } catch (Refusal e) {
        throw new Exit.Failure(Exit.CONFLICT, e.getMessage());
      } catch (Exception e) {
        throw new Exit.Failure(Exit.UNAVAILABLE, "Cannot make the key: " + e.getMessage());
      } finally {
        Launcher.wait(database.close(), ASK);
        Launcher.wait(vertx.close(), ASK);
      }
    }
  }
}
