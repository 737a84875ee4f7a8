package dev.toygun.cli;

import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import dev.toygun.store.Migrations;
import dev.toygun.store.WrongSchema;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes the tables, or brings them up to date. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description =
        "Make the tables in the Postgres of TOYGUN_DATABASE_URL, or bring them up to date.")
final class Migrate implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    PrintWriter out = spec.commandLine().getOut();
    Config config = Config.read(System.getenv(), List.of(Keys.DATABASE_URL));
    try {
      Migrations.Migrated done = Migrations.migrate(config.get(Keys.DATABASE_URL));
      out.printf(
          "The tables are at version %d; %d migrations were applied.%n",
          done.version(), done.applied());
    } catch (WrongSchema e) {
      throw new Exit.Failure(Exit.FAILED, String.valueOf(e.getMessage()));
    }
    return Exit.OK;
  }
}
