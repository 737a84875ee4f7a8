package dev.toygun.bench.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.toygun.bench.Contestant;
import dev.toygun.bench.Peer;
import dev.toygun.bench.Work;
import dev.toygun.bench.peer.jobs.DbScheduler;
import dev.toygun.bench.peer.jobs.Dbos;
import dev.toygun.bench.peer.plain.CommitsInGroups;
import dev.toygun.bench.peer.plain.Machine;
import dev.toygun.bench.peer.plain.OneCommitAMove;
import dev.toygun.store.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The process of a peer: does what the lines on its standard input ask for. */
public final class PeerMain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PeerMain() {}

  /** Runs the peer that is named, until its standard input ends. */
  public static void main(String[] words) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err); // Whatever a library prints is no answer.
    DatabaseUrl database =
        DatabaseUrl.parse(Objects.requireNonNull(System.getenv("BENCH_DATABASE_URL")));
    try (Contestant contestant = open(Peer.of(words[0]), database);
        BufferedReader asks =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = asks.readLine(); line != null; line = asks.readLine()) {
        List<String> ask = List.of(line.split(" ", -1));
        Work work = Work.ofWords(ask.subList(1, ask.size()));
        if (ask.get(0).equals("acts")) {
          answers.println(JSON.writeValueAsString(contestant.acts(work)));
        } else {
          int act = Integer.parseInt(ask.get(ask.size() - 1));
          Runnable ready = () -> handshake(answers, asks);
          answers.println(contestant.perform(work, contestant.acts(work).get(act), ready));
        }
        answers.flush();
      }
    }
    System.exit(0); // Some of them leave threads behind.
  }

  private static void handshake(PrintStream answers, BufferedReader asks) {
    answers.println("\"ready\"");
    answers.flush();
    try {
      if (!"go".equals(asks.readLine())) {
        throw new IllegalStateException("nobody waits any more");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Contestant open(Peer peer, DatabaseUrl database) throws Exception {
    return switch (peer) {
      case LIMIT_ONE -> new OneCommitAMove(database);
      case LIMIT_GROUP -> new CommitsInGroups(database);
      case DB_SCHEDULER -> DbScheduler.open(database);
      case DBOS_JAVA -> Dbos.open(database);
      case MACHINE -> new Machine(database);
      case TOYGUN -> throw new IllegalArgumentException(peer.label());
    };
  }
}
