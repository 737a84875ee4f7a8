package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A page is one request, and asks for many things. */
class PagesAtOnceTest {
  private static final int TOO_MANY = 4;

  @Test
  void noMoreThanSoManyPagesAreMadeAtOnce() throws Exception {
    ExecutorService readers = Executors.newFixedThreadPool(PageRoutes.AT_ONCE + TOO_MANY);
    try (ApiRig rig = new ApiRig().withType()) {
      Browser browser = new Browser(rig.api.port()).signIn(rig.as(Role.VIEWER));
      browser.get("/v1/alarms").expect(200);
      List<Future<Browser.Seen>> asked = new ArrayList<>();
      try (Connection connection = locked(rig)) {
        for (int i = 0; i < PageRoutes.AT_ONCE + TOO_MANY; i++) {
          asked.add(readers.submit(() -> browser.get("/v1/alarms")));
        }
        rig.until(() -> asked.stream().filter(Future::isDone).count() == TOO_MANY);
        connection.rollback();
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Browser.Seen> one : asked) {
        Browser.Seen seen = one.get();
        statuses.add(seen.status());
        assertThat(seen.header("Retry-After")).isEqualTo(seen.status() == 429 ? "1" : "");
      }
      assertThat(statuses.stream().filter(status -> status == 429)).hasSize(TOO_MANY);
      assertThat(statuses.stream().filter(status -> status == 200)).hasSize(PageRoutes.AT_ONCE);
      browser.get("/v1/alarms").expect(200);
    } finally {
      readers.shutdownNow();
    }
  }

  private static Connection locked(ApiRig rig) throws SQLException {
    Connection connection =
        DriverManager.getConnection(rig.url.jdbc(), rig.url.user(), rig.url.password());
    connection.setAutoCommit(false);
    try (Statement lock = connection.createStatement()) {
      lock.execute("lock table alarms in access exclusive mode");
    }
    return connection;
  }
}
