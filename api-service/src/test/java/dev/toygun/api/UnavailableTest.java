package dev.toygun.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toygun.store.UnknownOutcome;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** A primary that became a standby, a disk that is full: another time, the same request does. */
  @ParameterizedTest
  @ValueSource(strings = {"08006", "25006", "53100", "53300", "57014", "57P01"})
  void aServerThatCannotIsUnavailable(String state) {
    assertThat(Unavailable.caused(new PgException("it cannot", "ERROR", state, ""))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"22P02", "23505", "42601"})
  void aServerThatRefusesWhatWasSentIsNot(String state) {
    assertThat(Unavailable.caused(new PgException("not (25006) this", "ERROR", state, "")))
        .isFalse();
  }
}
