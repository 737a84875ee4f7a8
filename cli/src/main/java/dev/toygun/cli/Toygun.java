package dev.toygun.cli;

import dev.toygun.cli.client.Abandon;
import dev.toygun.cli.client.Abort;
import dev.toygun.cli.client.Alarms;
import dev.toygun.cli.client.Api;
import dev.toygun.cli.client.Approve;
import dev.toygun.cli.client.Breakers;
import dev.toygun.cli.client.Bulk;
import dev.toygun.cli.client.Create;
import dev.toygun.cli.client.Deliveries;
import dev.toygun.cli.client.Describe;
import dev.toygun.cli.client.Events;
import dev.toygun.cli.client.Explain;
import dev.toygun.cli.client.Get;
import dev.toygun.cli.client.Hold;
import dev.toygun.cli.client.Plan;
import dev.toygun.cli.client.Release;
import dev.toygun.cli.client.Repairs;
import dev.toygun.cli.client.Restart;
import dev.toygun.cli.client.Retry;
import dev.toygun.cli.client.Reveal;
import dev.toygun.cli.client.Rewind;
import dev.toygun.cli.client.Set;
import dev.toygun.cli.client.Signal;
import dev.toygun.cli.client.Sinks;
import dev.toygun.cli.client.Start;
import dev.toygun.cli.client.Stop;
import dev.toygun.cli.client.Top;
import dev.toygun.cli.client.Tree;
import dev.toygun.cli.client.Wait;
import dev.toygun.cli.client.Watch;
import dev.toygun.cli.demo.Demo;
import dev.toygun.service.BadConfig;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code toygun}. */
@Command(
    name = "toygun",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpWidth = 80,
    description = "Objects that outlive every process.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Up.class,
      Demo.class,
      Get.class,
      Describe.class,
      Create.class,
      Set.class,
      Start.class,
      Stop.class,
      Abort.class,
      Approve.class,
      Restart.class,
      Retry.class,
      Rewind.class,
      Signal.class,
      Watch.class,
      Wait.class,
      Events.class,
      Alarms.class,
      Bulk.class,
      Tree.class,
      Top.class,
      Explain.class,
      Hold.class,
      Breakers.class,
      Repairs.class,
      Release.class,
      Abandon.class,
      Plan.class,
      Reveal.class,
      Sinks.class,
      Deliveries.class,
      Setup.class,
      Teardown.class,
      Migrate.class,
      AuditCommand.class,
      Doctor.class,
      KeysCommand.class,
      Services.Clock.class,
      Services.Worker.class,
      Services.Api.class,
      ApiKeyCommand.class,
      Settings.class,
      Completion.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 asked wrongly, 3 not found, 4 in conflict,",
      "5 denied, 6 unavailable, 124 waited too long.",
      "`toygun help COMMAND` explains a command, `toygun settings` every setting."
    })
public final class Toygun {
  private Toygun() {}

  /** Runs the command, and ends the process with its code. */
  public static void main(String[] words) {
    int code =
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            words);
    System.exit(code);
  }

  /** The command with all that it can do, as picocli knows it. */
  public static CommandLine commandLine() {
    return new CommandLine(new Toygun());
  }

  /** Runs the command; the code with which to end. */
  public static int run(PrintWriter out, PrintWriter err, String... words) {
    CommandLine line = commandLine();
    boolean plain = System.getenv("NO_COLOR") != null && !System.getenv("NO_COLOR").isEmpty();
    line.setColorScheme(CommandLine.Help.defaultColorScheme(plain ? Ansi.OFF : Ansi.AUTO));
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler((e, command, parsed) -> said(e, err));
    CommandLine.IParameterExceptionHandler whole = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler(
        (e, given) ->
            e instanceof UnmatchedArgumentException unmatched
                ? said(unmatched, err)
                : whole.handleParseException(e, given));
    return line.execute(words);
  }

  /* All of a command's help would hide the one word that was wrong. */
  private static int said(UnmatchedArgumentException e, PrintWriter err) {
    CommandLine command = e.getCommandLine();
    String of = command.getCommandSpec().qualifiedName();
    String word = e.getUnmatched().get(0);
    boolean isCommand = command.getParent() == null && !word.startsWith("-");
    List<String> near =
        e.getSuggestions().stream().map(name -> name.replaceFirst("^toygun ", "")).toList();
    err.printf(
        "%s%s%s%n",
        isCommand ? "There is no command " + word : e.getMessage(),
        near.isEmpty() ? ". " : "; did you mean %s? ".formatted(String.join(", ", near)),
        isCommand ? "`toygun help` lists them all" : "`%s --help` explains it".formatted(of));
    err.flush();
    return Exit.USAGE;
  }

  /* A user's mistake or a server's silence is told in a sentence; a stack is for what we have not
   * thought of. */
  private static int said(Exception e, PrintWriter err) {
    if (e instanceof Exit.Failure failure) {
      err.println(failure.getMessage());
      return failure.code();
    }
    if (e instanceof Api.Problem problem) {
      err.println(problem.getMessage());
      return problem.exit();
    }
    if (e instanceof BadConfig) {
      err.println(e.getMessage());
      err.println("`toygun settings` explains every setting.");
      return Exit.USAGE;
    }
    err.println("Unexpected: " + e);
    e.printStackTrace(err);
    return Exit.FAILED;
  }
}
