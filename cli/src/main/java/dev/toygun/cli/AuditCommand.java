package dev.toygun.cli;

import dev.toygun.queue.Leases;
import dev.toygun.queue.RedisLeases;
import dev.toygun.queue.RedisSettings;
import dev.toygun.service.Audit;
import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.standalone.DataFolder;
import dev.toygun.store.Database;
import dev.toygun.store.DatabaseSettings;
import dev.toygun.store.Liveness;
import dev.toygun.store.PgStore;
import dev.toygun.store.SystemWatch;
import dev.toygun.time.SystemTime;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Accounts for everything that is active. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Account for everything that is active: whatever waits says why.",
      "",
      "Reads the Postgres of TOYGUN_DATABASE_URL and, where TOYGUN_REDIS_URL is set, the leases in"
          + " that Redis; else those of the `toygun up` that runs on TOYGUN_DATA. Ends with 1, and a"
          + " list, if anything is left over."
    })
final class AuditCommand implements Callable<Integer> {
  private static final Duration ASK = Duration.ofMinutes(2);

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where `toygun up` keeps its data (TOYGUN_DATA, else ./.toygun).")
  private @Nullable Path folder;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    PrintWriter out = spec.commandLine().getOut();
    Config config = found(Config.read(System.getenv(), List.of()), folder);
    Launcher.logAs(config);
    Vertx vertx = Vertx.vertx();
    SystemTime time = new SystemTime(vertx);
    Database database =
        Database.of(vertx, config.get(Keys.DATABASE_URL), DatabaseSettings.of("toygun-audit"));
    try {
      Leases leases =
          config.find(Keys.REDIS_URL).isPresent()
              ? RedisLeases.connect(
                  vertx, config.get(Keys.REDIS_URL).toString(), time, RedisSettings.STANDARD)
              : null;
      Audit audit =
          new Audit(
              "cli",
              new PgStore(vertx, database),
              new Liveness(database),
              new SystemWatch(database),
              leases);
      return told(Launcher.wait(audit.run(), ASK), out);
    } catch (Exception e) {
      throw new Exit.Failure(Exit.UNAVAILABLE, "Cannot audit: " + e.getMessage());
    } finally {
      Launcher.wait(database.close(), ASK);
      Launcher.wait(vertx.close(), ASK);
    }
  }

  /** With the servers of a process that brings its own, unless others are named. */
  static Config found(Config config, @Nullable Path folder) throws IOException {
    if (folder == null && config.find(Keys.DATABASE_URL).isPresent()) {
      return config;
    }
    Path data = folder == null ? config.get(Keys.DATA) : folder;
    Optional<String> postgres = DataFolder.serverUrl(data, "postgres");
    if (postgres.isEmpty()) {
      throw new Exit.Failure(
          Exit.UNAVAILABLE,
          "No database: `toygun up` does not run on a Postgres of its own in %s; start it, name its folder with --data, or set TOYGUN_DATABASE_URL"
              .formatted(data));
    }
    Config with = config.with(Keys.DATABASE_URL, postgres.get());
    Optional<String> redis = DataFolder.serverUrl(data, "redis");
    return redis.isPresent() ? with.with(Keys.REDIS_URL, redis.get()) : with;
  }

  private static int told(Audit.Report report, PrintWriter out) {
    out.printf("%-12s %10s%n", "WAITS AS", "MACHINES");
    report
        .account()
        .counts()
        .forEach(
            (reason, n) -> out.printf("%-12s %10d%n", reason.name().toLowerCase(Locale.ROOT), n));
    if (report.count() == 0) {
      out.printf("Everything is accounted for (%d active).%n", report.account().total());
      return Exit.OK;
    }
    out.printf("%d are left over:%n", report.count());
    report.unaccounted().forEach(line -> out.println("  " + line));
    return Exit.FAILED;
  }
}
