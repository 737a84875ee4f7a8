package dev.toygun.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.bench.micro.Micro;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code bin/bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 90,
    sortOptions = false,
    subcommands = Micro.class,
    description = {
      "Measures Toygun beside others, in turn, on a PostgreSQL and a Redis that are started for it.",
      "",
      "w0  the machine, and everybody when there is nothing to do",
      "w1  chains of ten durable steps",
      "w2  jobs of one step: started in bulk, started one by one, run",
      "w3  an idle system: one task of ten steps every 50 ms",
      "w4  resources at rest, each checked every 60 s",
      "w5  steps beside resources that are there already",
      "w6  steps that wait, on 1, 2 and 4 workers",
      "w7  an idle type beside one that is flooded",
      "",
      "What the figures mean is in bench/README.md. Exits with 1 where a run is INVALID.",
      ""
    })
public final class Bench implements Callable<Integer> {
  @Parameters(paramLabel = "WORKLOAD", arity = "0..*", description = "w0 to w7, in this order.")
  private List<String> workloads = List.of();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      defaultValue = "machine,toygun,db-scheduler,dbos-java,limit-one,limit-group",
      description = "Who takes part, in this order: ${DEFAULT-VALUE}.")
  private List<String> peers = List.of();

  @Option(names = "--rounds", defaultValue = "3", description = "How many (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--size",
      description = "How many chains, jobs, tasks or resources, in place of the usual.")
  private @Nullable Integer size;

  @Option(
      names = "--code",
      defaultValue = "async",
      description = "Toygun's steps in w1: async or blocking (${DEFAULT-VALUE}).")
  private String code = "async";

  @Option(
      names = "--minutes",
      defaultValue = "5",
      description = "How long w4 is held (${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--warm",
      paramLabel = "SECONDS",
      defaultValue = "40",
      description = "How long each works before it is measured, at least (${DEFAULT-VALUE}).")
  private int warm;

  @Option(names = "--json", description = "Append each run to this file, as a line of JSON.")
  private @Nullable Path json;

  @Option(
      names = "--profile",
      paramLabel = "FOLDER",
      description = "Record Toygun's processes with JFR, into this folder. Costs some speed.")
  private @Nullable Path profile;

  @Option(
      names = "--data",
      description =
          "Where the servers keep their data; a new folder, removed at the end, unless said.")
  private @Nullable Path data;

  @Option(
      names = "--postgres",
      paramLabel = "NAME=VALUE",
      description = "A setting of PostgreSQL, for everybody; to look at what it does.")
  private Map<String, String> settings = Map.of();

  @Spec private @Nullable CommandSpec spec;

  private Bench() {}

  /** Runs the command, and ends the process with its code. */
  public static void main(String[] words) {
    System.setProperty("logback.configurationFile", "dev/toygun/bench/logback.xml");
    CommandLine line = new CommandLine(new Bench());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.exit(line.execute(words));
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    if (workloads.isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "which workload? One or more of w0 to w7");
    }
    List<Work> works = workloads.stream().map(Workload::of).map(this::work).toList();
    List<Peer> contestants = peers.stream().map(Peer::of).toList();
    List<Table> tables = new ArrayList<>();
    if (profile != null) {
      System.setProperty(
          Java.PROFILE, Files.createDirectories(profile).toAbsolutePath().toString());
    }
    try (Workplace place = Workplace.open(data)) {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        place.house().set(setting.getKey(), setting.getValue());
      }
      out.println(place.told());
      Rounds turn = new Rounds(place.house(), out, lines());
      for (Work work : works) {
        tables.add(turn.run(work, contestants, rounds));
      }
    }
    tables.forEach(table -> table.print(out));
    return tables.stream().allMatch(Table::valid) ? 0 : 1;
  }

  private Work work(Workload workload) {
    return Work.of(
        workload,
        size == null ? workload.size() : size,
        Work.Code.valueOf(code.toUpperCase(Locale.ROOT)),
        Duration.ofMinutes(minutes),
        Duration.ofSeconds(warm));
  }

  private Consumer<ObjectNode> lines() {
    Path file = json;
    return file == null ? line -> {} : line -> append(file, line);
  }

  private static void append(Path file, ObjectNode line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
