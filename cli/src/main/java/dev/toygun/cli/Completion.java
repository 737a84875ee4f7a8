package dev.toygun.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what completes the words of this command in a shell. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print a script that completes the words of this command.",
      "",
      "Examples:",
      "  source <(toygun completion bash)     # in ~/.bashrc",
      "  source <(toygun completion zsh)      # in ~/.zshrc"
    })
final class Completion implements Callable<Integer> {
  enum Shell {
    bash,
    zsh
  }

  @Parameters(index = "0", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private @Nullable Shell shell;

  @Spec private @Nullable CommandSpec spec;

  /* One script does for both: in zsh it loads what bash's completions need. */
  @Override
  public Integer call() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf("# source <(toygun completion %s)%n", shell);
    out.print(AutoComplete.bash("toygun", Toygun.commandLine()));
    out.flush();
    return Exit.OK;
  }
}
