package dev.toygun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is measured as it always is, only less of it. */
class BenchTest {
  private final List<ObjectNode> lines = new ArrayList<>();
  private final StringWriter said = new StringWriter();

  @Test
  void aFewChainsAreRunAndEveryStepIsCounted(@TempDir Path folder) throws Exception {
    Table table = run(folder, Work.least(Workload.W1), Peer.TOYGUN, Peer.LIMIT_ONE);
    assertThat(table.valid()).as(said.toString()).isTrue();
    assertThat(lines)
        .extracting(line -> line.path("peer").asText())
        .contains("toygun", "limit-one");
    for (ObjectNode line : lines) {
      assertThat(line.path("units").asLong()).as(line.toString()).isEqualTo(500);
      assertThat(line.path("steps_per_s").asDouble()).as(line.toString()).isPositive();
      assertThat(line.path("commits").asLong()).as(line.toString()).isPositive();
      assertThat(line.path("wal_bytes").asLong()).as(line.toString()).isPositive();
    }
    assertThat(printed(table)).contains("toygun / limit-one");
  }

  private Table run(Path folder, Work work, Peer... peers) throws Exception {
    try (House house = House.open(folder)) {
      return new Rounds(house, new PrintWriter(said, true), lines::add)
          .run(work, List.of(peers), 1);
    }
  }

  private static String printed(Table table) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true));
    return text.toString();
  }
}
