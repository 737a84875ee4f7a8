package dev.toygun.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.toygun.store.DatabaseUrl;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A contestant in a JVM of its own. A line asks, and lines of JSON answer:
 *
 * <pre>
 *   acts WORK              [ACT, …]
 *   perform WORK NUMBER    "ready", and after a line `go`: {FIGURES}
 * </pre>
 */
final class Child implements Contestant {
  /** Where the child finds its database. */
  static final String DATABASE = "BENCH_DATABASE_URL";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STOP = Duration.ofSeconds(30);

  private final House house;
  private final DatabaseUrl database;
  private final Path log;
  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter asks;

  private Child(House house, DatabaseUrl database, Path log, Process process) {
    this.house = house;
    this.database = database;
    this.log = log;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.asks = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts it, with an empty database. */
  static Contestant open(House house, Peer peer) throws Exception {
    DatabaseUrl database = house.create(peer.label());
    Path log = house.folder().resolve(peer.label() + ".log");
    Process process =
        Java.builder(
                List.of("-Xmx512m"),
                "dev.toygun.bench.peer.PeerMain",
                List.of(peer.label()),
                Map.of(DATABASE, House.text(database), "TOYGUN_LOG", "text"))
            .redirectError(log.toFile())
            .start();
    return new Child(house, database, log, process);
  }

  @Override
  public List<Act> acts(Work work) {
    try {
      ask("acts " + work.words());
      return JSON.convertValue(answer(), new TypeReference<List<Act>>() {});
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ObjectNode perform(Work work, Act act, Runnable ready) throws Exception {
    ask("perform " + work.words() + " " + acts(work).indexOf(act));
    JsonNode begun = answer();
    if (!begun.isTextual()) {
      throw new IOException("it did not say that it is ready, but " + begun);
    }
    ready.run();
    ask("go");
    return (ObjectNode) answer();
  }

  private void ask(String line) throws IOException {
    asks.write(line);
    asks.newLine();
    asks.flush();
  }

  private JsonNode answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("it has ended:\n" + Files.readString(log));
    }
    return JSON.readTree(line);
  }

  @Override
  public Map<Role, List<Long>> processes() {
    return Map.of(Role.WORKER, List.of(process.pid()));
  }

  @Override
  public void close() throws IOException, SQLException {
    asks.close(); // It ends when nobody asks any more.
    Java.await(process, STOP);
    house.drop(database);
  }
}
