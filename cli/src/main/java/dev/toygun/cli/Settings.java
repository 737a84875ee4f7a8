package dev.toygun.cli;

import dev.toygun.service.Key;
import dev.toygun.service.Keys;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Explains every setting. */
@Command(name = "settings", description = "Explain every setting.", mixinStandardHelpOptions = true)
final class Settings implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("Environment variables; what they do not say, TOYGUN_CONFIG may, a file of");
    out.println("NAME=VALUE lines. NAME_FILE names a file that holds a secret.");
    for (Key<?> key : Keys.ALL) {
      out.println();
      out.println(key.name() + (key.secret() ? "  (a secret; or " + key.name() + "_FILE)" : ""));
      out.println("    " + key.about());
      String standard = key.standard() == null ? "" : "; " + key.standard() + " where nobody says";
      out.println("    Expected: " + key.kind().expected() + standard + ".");
    }
    out.flush();
    return Exit.OK;
  }
}
