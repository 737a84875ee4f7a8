package dev.toygun.examples.pool;

import static dev.toygun.examples.Eventually.result;
import static dev.toygun.examples.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes and real files. */
class LocalHostTest {
  private static final Vertx VERTX = Vertx.vertx();

  private final LocalHost host;
  private final String directory;

  LocalHostTest(@TempDir Path data) {
    host = new LocalHost(VERTX, data);
    directory = host.directory("one");
  }

  @AfterEach
  void remove() throws Exception {
    until("the server is gone", () -> host.removed(directory));
    host.close();
  }

  @AfterAll
  static void close() throws Exception {
    result(VERTX.close());
  }

  private long started(String version) throws Exception {
    host.start(directory, version);
    until("it listens", () -> result(host.port(directory)).isPresent());
    return result(host.port(directory)).orElseThrow();
  }

  private static String body(long port) throws Exception {
    return result(
        VERTX
            .createHttpClient()
            .request(HttpMethod.GET, Math.toIntExact(port), "127.0.0.1", "/")
            .compose(request -> request.send().compose(response -> response.body()))
            .map(Object::toString));
  }

  private static List<ProcessHandle> running(String directory) {
    return ProcessHandle.allProcesses()
        .filter(p -> List.of(p.info().arguments().orElse(new String[0])).contains(directory))
        .toList();
  }

  @Test
  void aStartedServerAnswersWithItsVersion() throws Exception {
    long port = started("7");
    assertThat(result(host.answers(port))).isTrue();
    assertThat(body(port)).isEqualTo("version 7\n");
  }

  @Test
  void whoIsStartedTwiceRunsOnce() throws Exception {
    long port = started("1");
    host.start(directory, "2");
    until("the second has ended", () -> running(directory).size() == 1);
    assertThat(body(port)).isEqualTo("version 1\n");
  }

  @Test
  void aServerIsRemovedWithItsDirectoryAndASecondTimeNothingIsLeftToDo() throws Exception {
    long port = started("1");
    assertThat(host.removed(directory)).as("it has only been killed").isFalse();
    until("it is gone", () -> host.removed(directory));
    assertThat(Files.exists(Path.of(directory))).isFalse();
    assertThat(running(directory)).isEmpty();
    assertThat(result(host.answers(port))).isFalse();
    assertThat(host.removed(directory)).isTrue();
  }

  @Test
  void aServerWhoseDirectorySomebodyThrewAwayEnds() throws Exception {
    started("1");
    for (String file : List.of("lock", "listens", "log")) {
      Files.delete(Path.of(directory, file));
    }
    Files.delete(Path.of(directory));
    until("its process has ended", () -> running(directory).isEmpty());
  }

  @Test
  void aServerThatWasOnlyJustStartedIsRemovedToo() throws Exception {
    host.start(directory, "1");
    until("it is gone", () -> host.removed(directory));
    until("its process has ended", () -> running(directory).isEmpty());
    assertThat(Files.exists(Path.of(directory))).isFalse();
  }
}
