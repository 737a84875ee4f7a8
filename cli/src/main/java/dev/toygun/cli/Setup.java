package dev.toygun.cli;

import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.standalone.DataFolder;
import dev.toygun.standalone.Standalone;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prepares everything that `up` needs. */
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    description =
        "Prepare what `up` needs, and run nothing: the folder TOYGUN_DATA, its keychain, the"
            + " Postgres with its tables, and an admin's API key.")
final class Setup implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    PrintWriter out = spec.commandLine().getOut();
    Config config = Config.read(System.getenv(), List.of());
    Launcher.logAs(config.with(Keys.LOG, "text"));
    try (DataFolder data = DataFolder.open(config.get(Keys.DATA))) {
      boolean had = data.apiKey().isPresent();
      String key = Standalone.prepare(data, config);
      out.println("Everything is in " + data.path() + "; keep a copy of its keychain.");
      if (!had) {
        out.println("API key of an admin, shown this once and kept there:");
        out.println("  " + key);
      }
    } catch (IOException e) {
      throw new Exit.Failure(Exit.FAILED, String.valueOf(e.getMessage()));
    }
    return Exit.OK;
  }
}
