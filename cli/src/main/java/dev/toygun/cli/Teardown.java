package dev.toygun.cli;

import dev.toygun.cli.client.Verb;
import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import dev.toygun.standalone.DataFolder;
import dev.toygun.standalone.Folders;
import dev.toygun.standalone.Running;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Removes everything that `up` has made. */
@Command(
    name = "teardown",
    mixinStandardHelpOptions = true,
    description =
        "Remove the folder TOYGUN_DATA with all that is in it: the data, the keychain, and the"
            + " servers of the examples. A database of TOYGUN_DATABASE_URL is not touched.")
final class Teardown implements Callable<Integer> {
  @Option(names = "--yes", description = "Do not ask whether that is meant.")
  private boolean yes;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    PrintWriter out = spec.commandLine().getOut();
    Config config = Config.read(System.getenv(), List.of());
    Path folder = config.get(Keys.DATA).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      out.println("There is no " + folder + ".");
      return Exit.OK;
    }
    // Whatever else the name might stand for: only what `up` has made is removed.
    if (!Files.exists(folder.resolve("lock"))) {
      throw new Exit.Failure(Exit.CONFLICT, folder + " was not made by toygun: it has no lock");
    }
    Verb.confirm(yes, "Remove " + folder + " with all data and its keychain?");
    try (DataFolder data = DataFolder.open(folder)) {
      Running.killIn(data.path()); // Left by a toygun that was killed, or servers of the examples.
      Folders.delete(data.path());
    } catch (IOException e) {
      throw new Exit.Failure(Exit.CONFLICT, String.valueOf(e.getMessage()));
    }
    out.println(folder + " is gone.");
    return Exit.OK;
  }
}
