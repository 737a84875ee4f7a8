package dev.toygun.cli;

import dev.toygun.api.ApiService;
import dev.toygun.api.Role;
import dev.toygun.cli.client.Api;
import dev.toygun.cli.client.ApiKeys;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    description = "Make, list and revoke API keys.",
    subcommands = {ApiKeyCommand.Create.class, ApiKeys.List.class, ApiKeys.Revoke.class})
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

    @Option(
        names = "--types",
        paramLabel = "TYPE,…",
        split = ",",
        description =
            "Limit it to resources of these types, and what hangs off them; where none is given it"
                + " reaches all types.")
    private List<String> types = new ArrayList<>();

    @Option(
        names = "--under",
        paramLabel = "RESOURCE",
        description =
            "Limit it to this resource, as TYPE/NAME or uuid, and what is below it; where none is"
                + " given it reaches all resources. With --types it is limited to both.")
    private @Nullable String under;

    @Option(
        names = "--expires",
        paramLabel = "TIME",
        description = "After how long it ends, such as 12h or 90d; never where none is given.")
    private @Nullable String expires;

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
      @Nullable Instant until =
          expires == null ? null : Instant.parse(ApiKeys.fromNow(expires, "--expires"));
      out.println(
          config.find(Keys.DATABASE_URL).isPresent()
              ? direct(config, called, until)
              : asked(called, until));
      return Exit.OK;
    }

    private String asked(String called, @Nullable Instant until) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("name", called);
      body.put("role", role);
      if (!types.isEmpty()) {
        body.put("types", types);
      }
      Api api = connection.api();
      if (under != null) {
        body.put("under", ApiKeys.under(api, under));
      }
      if (until != null) {
        body.put("expires_at", until.toString());
      }
      return api.post("/v1/keys", body).path("key").asText();
    }

    private String direct(Config config, String called, @Nullable Instant until) throws Exception {
      Launcher.logAs(config);
      Vertx vertx = Vertx.vertx();
      Database database =
          Database.of(vertx, config.get(Keys.DATABASE_URL), DatabaseSettings.of("toygun-api-key"));
      try {
        UUID root = under == null ? null : Launcher.wait(ApiService.named(database, under), ASK);
        return Launcher.wait(
            ApiService.makeKey(database, new SystemTime(vertx), called, role, types, root, until),
            ASK);
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
