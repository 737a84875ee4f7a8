package dev.toygun.cli;

import dev.toygun.cli.client.Screen;
import dev.toygun.cli.client.Table;
import dev.toygun.service.Config;
import dev.toygun.service.Keys;
import dev.toygun.service.Launcher;
import dev.toygun.service.TypeSetting;
import dev.toygun.store.DatabaseUrl;
import dev.toygun.store.LiveRows;
import dev.toygun.store.LiveRows.Kind;
import dev.toygun.worker.TypesPath;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says before types are deployed whether they can tick what is in a database. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Say before types are deployed whether they can tick all that is active: each type, version,"
          + " state and task of a row has to be there, under its name or as a former one, and a type"
          + " of a version that is published already has to have its shape.",
      "Count what is stored and breaks a constraint of its field: that is told, and is no reason"
          + " not to deploy.",
      "",
      "Loads types as a worker does, from the class path and from TOYGUN_TYPES_PATH, and reads the"
          + " Postgres of TOYGUN_DATABASE_URL; else that of the `toygun up` that runs on"
          + " TOYGUN_DATA. Changes nothing. Ends with 1, and a list, where something is missing, or is another."
    })
final class Doctor implements Callable<Integer> {
  private static final Duration CLOSE = Duration.ofSeconds(30);

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where `toygun up` keeps its data (TOYGUN_DATA, else ./.toygun).")
  private @Nullable Path folder;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Config config = AuditCommand.found(Config.read(System.getenv(), List.of()), folder);
    Launcher.logAs(config);
    Fitness fitness = loaded(config);
    try {
      DatabaseUrl url = config.get(Keys.DATABASE_URL);
      List<String> unpublishable = fitness.problems(LiveRows.published(url));
      return told(
          fitness,
          unpublishable,
          LiveRows.read(url),
          Misfits.read(url, fitness.types()),
          Objects.requireNonNull(spec).commandLine().getOut());
    } catch (IOException e) {
      throw new Exit.Failure(Exit.UNAVAILABLE, "Cannot read the rows: " + e.getMessage());
    }
  }

  /** What a worker would have. What the types open is closed again: none of them is run. */
  private static Fitness loaded(Config config) throws Exception {
    Vertx vertx = Vertx.vertx();
    List<Runnable> onClose = new ArrayList<>();
    try {
      List<Path> path = config.find(Keys.TYPES_PATH).orElse(List.of());
      return new Fitness(
          TypesPath.load(path, new TypeSetting(vertx, config, onClose::add)).types());
    } catch (IllegalArgumentException e) {
      throw new Exit.Failure(Exit.FAILED, "Cannot load the types: " + e.getMessage());
    } finally {
      onClose.forEach(Runnable::run);
      Launcher.wait(vertx.close(), CLOSE);
    }
  }

  static int told(
      Fitness fitness,
      List<String> unpublishable,
      List<Kind> rows,
      List<String> misfits,
      PrintWriter out) {
    Table table = new Table("TYPE", "VERSION", "TASK", "STATE", "ROWS", "FITS");
    List<String> problems = new ArrayList<>();
    for (Kind kind : rows) {
      Optional<String> problem = fitness.problem(kind);
      table.row(
          kind.type(),
          Integer.toString(kind.version()),
          kind.task() == null ? "-" : kind.task(),
          kind.state(),
          Long.toString(kind.count()),
          problem.isEmpty() ? "yes" : "no");
      problem.ifPresent(
          why ->
              problems.add(
                  "%d rows: %s%n  %s"
                      .formatted(
                          kind.count(),
                          why,
                          kind.some().stream()
                              .map(Object::toString)
                              .collect(Collectors.joining(String.format("%n  "))))));
    }
    out.print(table.text(Screen.width()));
    if (problems.isEmpty()) {
      out.println("These types can tick all of them.");
    } else {
      out.println("These types cannot tick all of them:");
      problems.forEach(out::println);
    }
    if (!unpublishable.isEmpty()) {
      out.println("A worker that has them does not start:");
      unpublishable.forEach(out::println);
    }
    if (!misfits.isEmpty()) {
      out.println("These stay, and are read as they are, but could not be set any more:");
      misfits.forEach(out::println);
    }
    out.flush();
    return problems.isEmpty() && unpublishable.isEmpty() ? Exit.OK : Exit.FAILED;
  }
}
