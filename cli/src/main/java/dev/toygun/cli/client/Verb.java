package dev.toygun.cli.client;

import dev.toygun.cli.Exit;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every verb of the client has: the API, a way to show things, and a screen. */
@Command(mixinStandardHelpOptions = true)
public abstract class Verb implements Callable<Integer> {
  @Mixin private Connection connection = new Connection();

  @Spec private @Nullable CommandSpec spec;

  /** Does it; the code with which to end. */
  abstract int run(Api api, PrintWriter out);

  @Override
  public final Integer call() {
    return run(connection.api(), line().getOut());
  }

  /** Where it says what is not a part of what it was asked for. */
  final PrintWriter err() {
    return line().getErr();
  }

  /** Says that there is more than is shown, which nobody could tell from a table. */
  final void onlySome(int shown, String how) {
    err().printf("These are the first %d, and there are more: %s%n", shown, how);
    err().flush();
  }

  private CommandLine line() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it");
    }
    return spec.commandLine();
  }

  /** What a person says, unless it was said already; fails where there is nobody to ask. */
  @SuppressWarnings("SystemConsoleNull") // From JDK 22 on it asks the standard input; that will do.
  static String ask(@Nullable String said, String question, String option) {
    if (said != null && !said.isBlank()) {
      return said;
    }
    String answer =
        said != null || System.console() == null
            ? null
            : System.console().readLine("%s ", question);
    if (answer == null || answer.isBlank()) {
      throw new Exit.Failure(Exit.USAGE, question + " Say so with " + option + ".");
    }
    return answer.strip();
  }

  /** Asks a person; fails where there is none to ask, and where they say no. */
  @SuppressWarnings("SystemConsoleNull") // From JDK 22 on it asks the standard input; that will do.
  public static void confirm(boolean yes, String question) {
    if (yes) {
      return;
    }
    if (System.console() == null) {
      throw new Exit.Failure(Exit.USAGE, question + " Say so with --yes.");
    }
    String answer = System.console().readLine("%s [y/N] ", question);
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
      throw new Exit.Failure(Exit.FAILED, "Nothing was changed.");
    }
  }
}
