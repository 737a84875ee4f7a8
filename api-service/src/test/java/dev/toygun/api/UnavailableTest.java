package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.UnknownOutcome;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is known of a request that failed with the database. */
class UnavailableTest {
  @Test
  void whatWasSentAndNotAnsweredMayHaveBeenCarriedOut() {
    assertThat(Unavailable.leavesOpen(new UnknownOutcome("no answer came", null))).isTrue();
    assertThat(Unavailable.leavesOpen(new TimeoutException())).isTrue();
    assertThat(Unavailable.leavesOpen(new IOException("Connection reset by peer"))).isTrue();
    assertThat(Unavailable.leavesOpen(ClosedConnectionException.INSTANCE)).isTrue();
  }

  @Test
  void whatTheServerRefusedOrAProgramGotWrongWasNot() {
    assertThat(
            Unavailable.leavesOpen(new PgException("canceled", "ERROR", "57014", "no such time")))
        .isFalse();
    assertThat(Unavailable.leavesOpen(new IllegalStateException("a fault"))).isFalse();
    assertThat(Unavailable.leavesOpen(new ConnectException("Connection refused"))).isFalse();
    assertThat(Unavailable.leavesOpen(new Unavailable.NotBegun(new IOException("reset"))))
        .isFalse();
  }
}
